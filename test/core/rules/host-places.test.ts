import { HOST_PLACE_RULES } from '../../../lib/core/rules/host-places';
import { modelOfText } from '../../support/environments';
import { BASES, testRules } from '../../support/rule-cases';

const inventory = (host: string): string => `targets: { hosts: { inventory: { ${host} } } }`;
const logDirs = (...folders: string[]): string => inventory(`b1: { logDirs: [${folders.join(', ')}] }`);
const AT = 'targets.hosts.inventory.b1';

describe('the rules of where hosts are and where they keep records', () => {
  testRules(HOST_PLACE_RULES, [
    ['an inventory that fits', 'hosts', '{}', []],
    ['addresses of both kinds and a short name', 'hosts', inventory("b1: { address: 10.0.0.1 }, b2: { address: 'fd00::2' }, b3: { address: b3 }"), []], // prettier-ignore
    ['another target', 'ec2', '{}', []],
    ['an address with a port', 'hosts', inventory('b1: { address: "b1.example:9092" }'), [`HOSTS-ADDRESS-FORM ${AT}.address`]], // prettier-ignore
    ['an address with a scheme', 'hosts', inventory('b1: { address: "https://b1.example" }'), [`HOSTS-ADDRESS-FORM ${AT}.address`]], // prettier-ignore
    ['a name that no certificate has', 'hosts', inventory('b1: { address: b_1.example }'), [`HOSTS-ADDRESS-FORM ${AT}.address`]], // prettier-ignore
    ['an address that leads to oneself', 'hosts', inventory('b1: { address: 127.0.0.1 }'), [`HOSTS-ADDRESS-FORM ${AT}.address`]], // prettier-ignore
    ['folders beside each other', 'hosts', logDirs('/data/1/kafka', '/data/2/kafka', '/data/10/kafka', '/homes/kafka'), []], // prettier-ignore
    ['volumes below the state folder, as on EC2', 'hosts', logDirs('/var/lib/kafka/data-0/kafka'), []],
    ['a folder within another', 'hosts', logDirs('/data/1', '/data/1/kafka'), [`HOSTS-LOG-DIR-PLACE ${AT}.logDirs[1]`]],
    ['one folder in two spellings', 'hosts', logDirs('/data/1/kafka', '/data/1/kafka/'), [`HOSTS-LOG-DIR-PLACE ${AT}.logDirs[1]`]], // prettier-ignore
    ['a way up', 'hosts', logDirs('/data/../etc'), [`HOSTS-LOG-DIR-PLACE ${AT}.logDirs[0]`]],
    ['places that the service does not see', 'hosts', logDirs('/home/kafka', '/tmp/kafka'), [0, 1].map((index) => `HOSTS-LOG-DIR-PLACE ${AT}.logDirs[${index}]`)], // prettier-ignore
    ['the root and the state folder', 'hosts', logDirs('/var/lib/kafka'), [`HOSTS-LOG-DIR-PLACE ${AT}.logDirs[0]`]],
    ['memory for the heap', 'hosts', inventory('b1: { memory: 16GiB }'), []],
    ['too little memory for the heap of the pool', 'hosts', `nodePools: { brokers: { heap: 6GiB } }\n${inventory('b1: { memory: 7GiB }')}`, [`HOSTS-MEMORY ${AT}.memory`]], // prettier-ignore
  ]);

  test('the heap of a host is half of its memory, 6 GiB at most, unless the pool says how much', () => {
    const heaps = (text: string): readonly (readonly [string, number])[] =>
      modelOfText(text).nodes.map(({ name, heapMiB }) => [name, heapMiB] as const);
    const small = BASES.hosts.replace('b1.example,', 'b1.example, memory: 8GiB,').replace('b2.example,', 'b2.example, memory: 64GiB,'); // prettier-ignore
    expect(heaps(small)).toEqual([['c1', 1024], ['c2', 1024], ['c3', 1024], ['b1', 4096], ['b2', 6144], ['b3', 6144]]); // prettier-ignore
    const said = small.replace('brokers: { roles: [broker],', 'brokers: { roles: [broker], heap: 5GiB,');
    expect(heaps(said).slice(3)).toEqual([['b1', 5120], ['b2', 5120], ['b3', 5120]]); // prettier-ignore
  });
});
