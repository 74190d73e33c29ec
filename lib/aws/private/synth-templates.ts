import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import type { FileArtifact } from '../../core/artifact';
import type { EnvironmentModel } from '../../core/model';
import { environmentStackProps } from './environment-stack';
import { REVIEW_CONTEXT } from './review';

const PRINTED_ANNOTATIONS = '@aws-cdk/core:annotationsInValidationReport';

/** Content hashes of assets; they change with every byte of a file and say nothing to a reader. */
const ASSET_HASH = /[0-9a-f]{64}/g;

/**
 * The CloudFormation templates of an environment, for review: what `cdk deploy` sends, without the version check of the CDK's bootstrap
 * stack and with the hashes of assets taken out.
 */
export function synthTemplates(model: EnvironmentModel, define: (stack: Stack) => void): FileArtifact[] {
  const outdir = mkdtempSync(join(tmpdir(), 'kdk-synth-'));
  try {
    const app = new App({
      outdir,
      analyticsReporting: false,
      treeMetadata: false,
      builtinCloudFormationValidation: false,
      // Warnings are for a deploy; here they would be printed between what a command prints.
      context: { ...recommendedFlags(), [PRINTED_ANNOTATIONS]: false, [REVIEW_CONTEXT]: true },
    });
    const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
    define(new Stack(app, model.name, { ...environmentStackProps(model), synthesizer }));
    app.synth();
    return readdirSync(outdir)
      .filter((file) => file.endsWith('.template.json'))
      .sort()
      .map((file) => ({ path: file, content: normalised(readFileSync(join(outdir, file), 'utf8')) }));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function normalised(template: string): string {
  return `${JSON.stringify(JSON.parse(template), undefined, 2)}\n`.replace(ASSET_HASH, 'ASSET-HASH');
}

/** The flags of cdk.json, so that a review shows what a deploy does. */
function recommendedFlags(): Record<string, unknown> {
  return JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8')) as Record<
    string,
    unknown
  >;
}
