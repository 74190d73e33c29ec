import { hideSecrets, isSecretOption } from '../../../lib/admin/adapters/connect-rest/hidden';

describe('secrets in what Connect says', () => {
  test.each([
    'database.password',
    'connection.password',
    'ssl.keystore.key',
    'aws.secret.access.key',
    'producer.override.sasl.jaas.config',
    'apiKey',
    'oauth.token',
    'gcp.credentials.json',
  ])('are looked for in the option %s', (option) => expect(isSecretOption(option)).toBe(true));

  test.each(['key.converter', 'topic', 'message.key.columns', 'tasks.max', 'key.converter.schemas.enable'])(
    'are not looked for in the option %s',
    (option) => expect(isSecretOption(option)).toBe(false),
  );

  test('are hidden wherever they stand, as they are written', () => {
    const config = { 'database.password': 'a+b(c', topic: 'orders' };
    expect(hideSecrets('cannot use a+b(c for orders, got a+b(c', config)).toBe(
      'cannot use [hidden] for orders, got [hidden]',
    );
  });

  test('that are short are hidden as words of their own', () => {
    expect(hideSecrets('Invalid value a for task a.', { 'x.password': 'a' })).toBe(
      'Invalid value [hidden] for task [hidden].',
    );
  });

  test('that are placeholders stay: they are none', () => {
    const text = 'got ${dir:/secrets/db:password}';
    expect(hideSecrets(text, { 'x.password': '${dir:/secrets/db:password}' })).toBe(text);
  });

  test.each([
    ['url jdbc:pg://app:s3cr3t@db:5432/shop', 'url jdbc:pg://app:[hidden]@db:5432/shop'],
    ['at jdbc:x?user=a&password=s3cr3t&ssl=true', 'at jdbc:x?user=a&password=[hidden]&ssl=true'],
    ['{"accessToken": "s3cr3t", "a": 1}', '{"accessToken": [hidden], "a": 1}'],
    ["secretKey='s3 cr3t';", 'secretKey=[hidden];'],
  ])('that nobody wrote are hidden where a text names them: %s', (text, hidden) =>
    expect(hideSecrets(text)).toBe(hidden),
  );

  test('are not seen in the names of exceptions', () => {
    const text = 'org.example.TokenExpiredException: yesterday; JsonParseException: Unrecognized token at 1';
    expect(hideSecrets(text)).toBe(text);
  });
});
