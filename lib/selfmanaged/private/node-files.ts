import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AssetStaging, FileAssetPackaging, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FileArtifact } from '../../core/artifact';

/** The files of a node as an asset: a folder that the CDK uploads as a zip, named by its content. */
export function nodeFiles(
  scope: Construct,
  id: string,
  files: readonly FileArtifact[],
): { readonly bucketName: string; readonly objectKey: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-node-'));
  try {
    for (const { path, content, executable } of files) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content, { mode: executable === true ? 0o755 : 0o644 });
    }
    const staging = new AssetStaging(scope, id, { sourcePath: folder });
    const stack = Stack.of(scope);
    return stack.synthesizer.addFileAsset({
      packaging: FileAssetPackaging.ZIP_DIRECTORY,
      sourceHash: staging.assetHash,
      fileName: staging.relativeStagedPath(stack),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
