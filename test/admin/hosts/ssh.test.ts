import { execFileSync } from 'node:child_process';
import { remoteWords, sshArguments } from '../../../lib/admin/adapters/ssh/arguments';
import { connectionFailure, sudoFailure } from '../../../lib/admin/adapters/ssh/failures';

const host = { name: 'b1', address: 'b1.dc1.example' };

describe('the command line of ssh', () => {
  test('asks nothing, ends when the host is gone, and loosens no check of host keys', () => {
    const words = sshArguments(
      { user: 'kafka-ops', port: 2222, configFile: 'conf', identityFile: 'key' },
      { address: host.address, sockets: '/tmp/kdk-ssh-x', words: ['true'] },
    );
    expect(words.join(' ')).toBe(
      '-F conf -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 ' +
        '-o ControlMaster=auto -o ControlPath=/tmp/kdk-ssh-x/%C -o ControlPersist=60 ' +
        '-l kafka-ops -p 2222 -i key -T -- b1.dc1.example true',
    );
    expect(words.join(' ')).not.toMatch(/StrictHostKeyChecking|KnownHosts/);
  });

  test('leaves everything else to ssh_config, and shares no connection where the path of its socket would be too long', () => {
    const sockets = `/${'long/'.repeat(20)}`;
    expect(sshArguments({}, { address: 'b1', sockets, words: [] }).join(' ')).toBe(
      '-o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 -T -- b1',
    );
  });

  test('a script and its arguments come through the login shell as they are', () => {
    const odd = `it's "quoted" $HOME \\ and\nin two lines`;
    const command = remoteWords({ script: 'printf "%s|" "$@"', args: [odd, ''] }, { become: 'none' }).join(' ');
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(`${odd}||`);
  });

  test('root needs no sudo, others do unless they say so', () => {
    const first = (options: object): string => remoteWords({ script: 'id' }, options)[0]!;
    expect([first({ user: 'root' }), first({ user: 'ops' }), first({}), first({ become: 'none' })]).toEqual([
      'sh',
      'sudo',
      'sudo',
      'sh',
    ]);
  });
});

describe('what ssh says', () => {
  test.each([
    ['ssh: Could not resolve hostname b1.dc1.example: Name or service not known', 'HOST-UNREACHABLE'],
    ['ssh: connect to host b1.dc1.example port 22: Connection refused', 'HOST-UNREACHABLE'],
    ['ssh: connect to host b1.dc1.example port 22: No route to host', 'HOST-UNREACHABLE'],
    ['Timeout, server b1.dc1.example not responding.', 'HOST-UNREACHABLE'],
    ['client_loop: send disconnect: Broken pipe', 'HOST-UNREACHABLE'],
    ['', 'HOST-UNREACHABLE'],
    ['kafka-ops@b1.dc1.example: Permission denied (publickey).', 'HOST-DENIED'],
    ['Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures', 'HOST-DENIED'],
    ['No ED25519 host key is known for b1 and you have requested strict checking.\nHost key verification failed.', 'HOST-KEY-UNKNOWN'], // prettier-ignore
    ['@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.', 'HOST-KEY-CHANGED'],
    ['conf: line 1: Bad configuration option: nonsense', 'SSH-CONFIGURATION'],
  ])('fails by its cause: %s', (stderr, code) => {
    const failure = connectionFailure(host, stderr);
    expect([failure.code, failure.status]).toEqual([code, 3]);
    expect(failure.message).toMatch(/^b1 .*, got .* at b1\.dc1\.example; .*\.$/);
    expect(failure.hint).toMatch(/^[A-Z].*\.$/);
  });

  test.each(['sudo: a password is required', 'sh: 1: sudo: not found', 'ops is not in the sudoers file.'])(
    'fails where sudo does not let it: %s',
    (stderr) => expect(sudoFailure(host, stderr)).toMatchObject({ code: 'HOST-NO-SUDO' }),
  );

  test('a warning of sudo is none of these', () => {
    expect(sudoFailure(host, 'sudo: unable to resolve host b1: Name or service not known')).toBeUndefined();
  });
});
