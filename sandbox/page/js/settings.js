// Remembers the choices of this page: in the address, so that it can be shared, and in the browser.

const KEY = "local-telegram";
const PLACES = ["lang", "theme", "left", "right", "leftChat", "rightChat", "shown"];

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function fromAddress() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(PLACES.filter((name) => query.has(name)).map((name) => [name, query.get(name)]));
}

const address = fromAddress();

/** A deep link to a phone's person speaks for its chat too: without one, the chat list is meant. */
function initial() {
  const known = { ...stored(), ...address };
  for (const side of ["left", "right"]) {
    if (address[side] && !address[`${side}Chat`]) delete known[`${side}Chat`];
  }
  return known;
}

const values = initial();

export const recall = (name) => values[name] ?? null;

/** Keep a choice; null forgets it. */
export function remember(name, value) {
  if (value === null) delete values[name];
  else values[name] = String(value);
  try {
    localStorage.setItem(KEY, JSON.stringify(values));
  } catch {
    // A browser that keeps nothing still has the address.
  }
  const query = new URLSearchParams();
  for (const place of PLACES) if (values[place] && place !== "theme") query.set(place, values[place]);
  history.replaceState(history.state, "", `${location.pathname}?${query}`);
}
