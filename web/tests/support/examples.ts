// The protocol's own examples: one file per message, named after its definition.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Answer, Conversation, Schema } from '../../src/api/protocol';

const folder = resolve('../protocol/examples');

export interface Example {
  name: string;
  definition: string;
  value: unknown;
}

export function allExamples(): Example[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, definition: name.split('.')[0] ?? '', value: read(name) }));
}

export function read(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

export const exampleAnswer = () => read('Answer.one_value.json') as Answer;
export const exampleConversation = () => read('Conversation.two_turns.json') as Conversation;
export const exampleSchema = () => read('Schema.shop.json') as Schema;
