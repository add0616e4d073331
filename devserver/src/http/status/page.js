"use strict";
(() => {
  const note = document.getElementById("connection");
  let events = null;
  let loading = false;
  let stale = false;

  // The page itself is the only thing that writes what it shows, and the only one that escapes it.
  async function load() {
    const reply = await fetch("/", { cache: "no-store" });
    if (!reply.ok) throw new Error(`status ${reply.status}`);
    const next = new DOMParser().parseFromString(await reply.text(), "text/html");
    document.getElementById("live").replaceWith(document.adoptNode(next.getElementById("live")));
    note.textContent = "Kept up to date.";
  }

  // At most one load at a time; what is told meanwhile makes one more.
  async function refresh() {
    stale = true;
    if (loading) return;
    loading = true;
    while (stale) {
      stale = false;
      try {
        await load();
      } catch {
        lost();
        setTimeout(refresh, 5000);
      }
    }
    loading = false;
  }

  function lost() {
    note.textContent = "No connection: what is shown may be old. Trying again.";
  }

  // A hidden page needs no events: a browser has few connections for each server.
  function follow() {
    if (document.hidden) {
      events?.close();
      events = null;
      return;
    }
    if (events && events.readyState !== EventSource.CLOSED) return;
    events = new EventSource("/status-events");
    events.addEventListener("changed", refresh);
    events.addEventListener("error", () => {
      lost();
      // A refusal, unlike a lost connection, is not tried again by the browser.
      if (events?.readyState === EventSource.CLOSED) setTimeout(follow, 5000);
    });
  }

  document.addEventListener("visibilitychange", follow);
  follow();
})();
