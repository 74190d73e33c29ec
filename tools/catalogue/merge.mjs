// Turns the options of several releases into one table: what the oldest release says, and what each later one changed.

/** What may differ between releases and matters to a value; the rest is taken from the newest release that has the option. */
const VERSIONED = ['type', 'required', 'default', 'validator', 'update', 'broker', 'internal'];

/** `versions`: oldest first, each with its options by name. */
export function merge(versions) {
  const names = [...new Set(versions.flatMap(({ options }) => Object.keys(options)))].sort();
  return Object.fromEntries(names.map((name) => [name, mergeOption(name, versions)]));
}

function mergeOption(name, versions) {
  const having = versions.filter(({ options }) => options[name] !== undefined);
  const [first] = having;
  const last = having[having.length - 1];
  const end = versions.indexOf(last) + 1;
  if (having.length !== end - versions.indexOf(first)) throw new Error(`${name} went and came back`);
  const changes = {};
  for (let i = 1; i < having.length; i++) {
    const change = difference(having[i - 1].options[name], having[i].options[name]);
    if (Object.keys(change).length > 0) changes[having[i].version] = change;
  }
  const base = Object.fromEntries(
    VERSIONED.filter((key) => first.options[name][key] !== undefined).map((key) => [key, first.options[name][key]]),
  );
  return {
    since: first.version,
    ...(end < versions.length ? { removedIn: versions[end].version } : {}),
    ...base,
    ...(Object.keys(changes).length === 0 ? {} : { changes }),
    importance: last.options[name].importance,
    documentation: plainText(last.options[name].documentation),
  };
}

/** What an option is, from one release to the next; what is gone is listed under `without`. */
function difference(before, after) {
  const change = {};
  const without = [];
  for (const key of VERSIONED) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
    if (after[key] === undefined) without.push(key);
    else change[key] = after[key];
  }
  return without.length === 0 ? change : { ...change, without };
}

const TAG = /<\/?(?:a|b|br|code|div|em|h\d|i|li|ol|p|pre|span|strong|ul)(?:\s[^>]*)?\/?>/g;
const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&mdash;': '—', '&nbsp;': ' ', '&amp;': '&' };

/** Kafka writes its documentation for a web page; ours is read on a terminal. */
function plainText(html) {
  return html
    .replace(/<(?:li|p|br)(?:\s[^>]*)?\/?>/g, ' ')
    .replace(TAG, '')
    .replace(/&[a-z]+;/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
