// Decides what a link may do here: open a chat with the bot, open a new tab, or nothing.

/** What Telegram adds to the numbers of supergroups, which its links leave out. */
const SUPERGROUPS = 1e12;
const OUTSIDE = new Set(["http:", "https:", "mailto:", "tel:"]);

function parse(url) {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`);
  } catch {
    return null;
  }
}

/** `{username, payload}` of a t.me or tg:// link, or null. */
export function deepLink(url) {
  const link = parse(url);
  if (!link) return null;
  const query = link.searchParams;
  if (link.protocol === "tg:" && link.host === "resolve" && query.get("domain")) {
    return { username: query.get("domain"), payload: query.get("start") };
  }
  const username = link.pathname.split("/")[1];
  const short = ["t.me", "telegram.me"].includes(link.host) && OUTSIDE.has(link.protocol);
  return short && username ? { username, payload: query.get("start") } : null;
}

/** `{chat, topic}` of a link to a topic or a message of a supergroup, or null. */
export function topicLink(url) {
  const found = /^https?:\/\/t\.me\/c\/(\d{1,13})\/(\d{1,13})/.exec(url);
  return found && { chat: -(SUPERGROUPS + Number(found[1])), topic: Number(found[2]) };
}

/** An address that a new tab may open, or null. */
export function outsideLink(url) {
  const link = parse(url);
  return link && OUTSIDE.has(link.protocol) ? link.href : null;
}

/** The address of a file or picture on this very server, or null. */
export function ownFile(url) {
  if (typeof url !== "string") return null;
  const link = new URL(url, location.href);
  return link.origin === location.origin ? link.href : null;
}
