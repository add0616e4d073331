"""A relay of UDP between clients and the media server, as a network in between would be."""

import asyncio


class Relay(asyncio.DatagramProtocol):
    def __init__(self, target):
        self._target = target
        self._upstream = {}
        self.packets = 0

    @classmethod
    async def open(cls, target):
        loop = asyncio.get_running_loop()
        return (await loop.create_datagram_endpoint(lambda: cls(target), ("127.0.0.1", 0)))[1]

    @property
    def address(self):
        return "%s:%d" % self._transport.get_extra_info("sockname")

    def connection_made(self, transport):
        self._transport = transport

    def datagram_received(self, data, client):
        self.packets += 1
        if client not in self._upstream:
            loop = asyncio.get_running_loop()
            back = lambda: Back(self._transport, client)
            opened = loop.create_datagram_endpoint(back, remote_addr=self._target)
            self._upstream[client] = asyncio.ensure_future(opened)
        opened = self._upstream[client]
        # What comes before the way is open is lost, as may happen to any packet.
        if opened.done():
            opened.result()[0].sendto(data)

    def close(self):
        self._transport.close()
        for opened in self._upstream.values():
            if opened.done():
                opened.result()[0].close()


class Back(asyncio.DatagramProtocol):
    """What the media server sends to one client."""

    def __init__(self, transport, client):
        self._transport, self._client = transport, client

    def datagram_received(self, data, _):
        self._transport.sendto(data, self._client)
