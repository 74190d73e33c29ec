import { shortHash } from '../model';

/** A name that an object of Kubernetes can have (RFC 1123). */
const OBJECT_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

export function isObjectName(name: string): boolean {
  return OBJECT_NAME.test(name);
}

/** The name of the KafkaTopic of a topic: its own where Kubernetes allows it, else one that no other topic gets. */
export function topicObjectName(topic: string): string {
  if (isObjectName(topic)) return topic;
  const readable = topic
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 200)
    .replace(/^-+|-+$/g, '');
  return [...(readable === '' ? [] : [readable]), shortHash(topic, 10)].join('-');
}
