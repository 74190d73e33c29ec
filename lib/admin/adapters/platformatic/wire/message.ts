import type { API } from '@platformatic/kafka';
import type { KafkaLibrary } from '../library';
import { ByteReader, ByteWriter } from './bytes';
import type { Layout } from './layout';

/** One version of one of Kafka's requests, with its answer. */
export interface Message<Request, Answer> {
  /** As Kafka calls it: `DescribeAcls`. */
  readonly name: string;
  readonly key: number;
  readonly version: number;
  /** One that changes something is never sent twice: that nobody answered does not mean that nothing was done. */
  readonly effect: 'reads' | 'writes';
  /** Headers with tagged fields; `answer-without` for ApiVersions, whose answer must be readable by everybody. */
  readonly headers: 'flexible' | 'answer-without' | 'old';
  readonly request: Layout<Request>;
  readonly answer: Layout<Answer>;
}

type Declared<Request, Answer> = Omit<Message<Request, Answer>, 'effect' | 'headers'> &
  Partial<Pick<Message<Request, Answer>, 'effect' | 'headers'>>;

/** A message that reads, in a flexible version, unless it says otherwise. */
export function message<Request, Answer>(declared: Declared<Request, Answer>): Message<Request, Answer> {
  return { effect: 'reads', headers: 'flexible', ...declared };
}

export type AnswerTo<M> = M extends { readonly answer: Layout<infer Answer> } ? Answer : never;
export type RequestOf<M> = M extends { readonly request: Layout<infer Request> } ? Request : never;

/** The library frames requests and matches answers; it neither writes nor reads what is in them. */
export function apiOf<Request, Answer>(
  { Writer, createAPI }: KafkaLibrary,
  { key, version, headers, request, answer }: Message<Request, Answer>,
): API<[Request], Answer> {
  return createAPI<[Request], Answer>(
    key,
    version,
    (value) => {
      const writer = new ByteWriter();
      request.write(writer, value);
      return Writer.create().append(writer.bytes);
    },
    (_correlationId, _apiKey, _apiVersion, reader) => answer.read(new ByteReader(reader.buffer.slice(reader.position))),
    headers !== 'old',
    headers === 'flexible',
  );
}
