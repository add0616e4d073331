// The three calls with which every app begins, as an app in JavaScript writes them.

export async function getToken(tokenServer) {
  const response = await fetch(`${tokenServer}/get-token`);
  const { token } = await response.json();
  return token;
}

export async function createRoom(api, token) {
  const response = await fetch(`${api}/v2/rooms`, {
    method: "POST",
    headers: { authorization: token, "Content-Type": "application/json" },
    body: JSON.stringify({}),
  });
  const { roomId } = await response.json();
  return roomId;
}

export async function validateRoom(api, token, id) {
  const response = await fetch(`${api}/v2/rooms/validate/${id}`, {
    headers: { authorization: token },
  });
  const { roomId } = await response.json();
  return roomId;
}
