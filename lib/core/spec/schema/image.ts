import type * as z from 'zod';
import { form } from './scalar';

/** The grammar of the OCI distribution specification: host and port, path, tag, digest. */
const IMAGE =
  /^([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?\/)?[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(\/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/;

/** A container image. */
export const image = (): z.ZodString =>
  form(
    IMAGE,
    'not an image',
    'registry/repository:tag@sha256:digest is allowed, with the tag or the digest left out',
    'registry.example.com/kafka:4.3.1@sha256:0e1d2c… (64 digits)',
  );
