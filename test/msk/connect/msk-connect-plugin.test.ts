import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import { pluginFileName } from '../../../lib/core/msk-connect';
import { MskConnectPlugin } from '../../../lib/msk';
import { resourcesOf, testStack } from '../../support/cdk';

describe('a plugin', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-plugin-test-'));
  const nameOf = (stack: Stack): string =>
    String(resourcesOf(stack, 'AWS::KafkaConnect::CustomPlugin')[0]!.Properties.Name);

  test('from a file is uploaded, and has another name for another content', () => {
    const names = ['one', 'two', 'one'].map((content) => {
      const path = join(folder, 'plugin.jar');
      writeFileSync(path, content);
      const stack = testStack();
      MskConnectPlugin.fromFile(stack, 'Plugin', path);
      Template.fromStack(stack).hasResourceProperties('AWS::KafkaConnect::CustomPlugin', {
        ContentType: 'JAR',
        Location: { S3Location: { FileKey: Match.stringLikeRegexp('^[0-9a-f]{64}\\.jar$') } },
      });
      return nameOf(stack);
    });
    expect(names[0]).toBe(names[2]);
    expect(names[0]).not.toBe(names[1]);
  });

  test('from a bucket has another name for another version of the object', () => {
    const names = ['1', '2'].map((objectVersion) => {
      const stack = testStack();
      const bucket = Bucket.fromBucketName(stack, 'Bucket', 'plugins');
      MskConnectPlugin.fromS3(stack, 'Plugin', { bucket, key: 'debezium.zip', objectVersion });
      return nameOf(stack);
    });
    expect(names[0]).not.toBe(names[1]);
  });

  test('from Maven is the file that was assembled; without it there is a template, and an error that names the command', () => {
    const parts = ['io.debezium:debezium-connector-postgres:3.6.0.Final', 'file:vendor/provider.jar'] as const;
    const errors = (stack: Stack): string[] =>
      stack.node
        .findAll()
        .flatMap(({ node }) =>
          node.metadata.filter(({ type }) => type === 'aws:cdk:error').map(({ data }) => String(data)),
        );
    const plugin = (context: Record<string, unknown> = {}): Stack => {
      const stack = testStack();
      for (const [key, value] of Object.entries(context)) stack.node.setContext(key, value);
      MskConnectPlugin.fromMaven(stack, 'Plugin', parts[0], { additional: [parts[1]], folder });
      return stack;
    };
    const missing = plugin();
    expect(errors(missing)).toEqual([
      expect.stringMatching(
        /^Test\/Plugin: the plugin is not assembled, got no .*debezium-connector-postgres-3\.6\.0\.Final-[0-9a-f]{8}\.zip; it is needed to deploy\. Run kdk plugins --part io\.debezium:debezium-connector-postgres:3\.6\.0\.Final --part file:vendor\/provider\.jar\.$/,
      ),
    ]);
    const review = plugin({ 'kafka-deployment-kit:review': true });
    expect(errors(review)).toEqual([]);
    const before = nameOf(review);
    // It is a zip, whatever its last part is.
    Template.fromStack(review).hasResourceProperties('AWS::KafkaConnect::CustomPlugin', { ContentType: 'ZIP' });
    writeFileSync(join(folder, pluginFileName(parts)), 'the plugin');
    const there = plugin();
    expect(errors(there)).toEqual([]);
    expect(nameOf(there)).not.toBe(before);
    expect(nameOf(plugin({ 'kafka-deployment-kit:review': 'true' }))).toBe(before);
  });
});
