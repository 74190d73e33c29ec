import type * as z from 'zod';
import { form } from './scalar';

/** Name of a namespace: one part of a name in DNS. */
export const namespaceName = (): z.ZodString =>
  form(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'not a name for a namespace',
    'at most 63 lower-case letters, digits and dashes are allowed, beginning and ending with a letter or digit',
    'kafka',
  );

/** Name of an object of others, which is a name in DNS. */
export const objectName = (what: string, example: string): z.ZodString =>
  form(
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
    `not a name for ${what}`,
    'lower-case letters, digits, dashes and dots are allowed, at most 253, beginning and ending with a letter or digit',
    `${example}, as kubectl prints it`,
  );

/** Name of a port: what a Service and a container allow. */
export const portName = (): z.ZodString =>
  form(
    /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'not a name for a port',
    'at most 15 lower-case letters, digits and single dashes are allowed, one of them a letter',
    'http',
  );

/** A key of a label, annotation or taint: a name, after the name of a domain and a slash if need be. */
export const metadataKey = (): z.ZodString =>
  form(
    /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
    'not a key of Kubernetes',
    'at most 63 letters, digits, dashes, dots and underscores are allowed, after a domain and a slash if need be',
    'example.com/team',
  );

export const labelValue = (): z.ZodString =>
  form(
    /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
    'not the value of a label',
    'at most 63 letters, digits, dashes, dots and underscores are allowed',
    '"platform"',
  );
