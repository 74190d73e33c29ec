// Loaded by functions and by tests: names of the private zone of a VPC, as they stand in the file that KDK_PRIVATE_NAMES names.
const dns = require('node:dns');
const { readFileSync } = require('node:fs');

const { lookup } = dns;
dns.lookup = (name, options, callback = options) => {
  let lines = [];
  try {
    lines = readFileSync(process.env.KDK_PRIVATE_NAMES, 'utf8').split('\n');
  } catch {
    // Nobody has a name yet.
  }
  const address = lines.find((line) => line.endsWith(` ${name}`))?.split(' ')[0];
  if (address === undefined) return lookup(name, options, callback);
  process.nextTick(() =>
    options.all === true ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4),
  );
};
