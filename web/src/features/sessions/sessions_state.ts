// The list of sessions: pure changes, so that it is right before the server has answered again.
import type { Session } from '../../api/protocol';
import { timeGroup } from '../../lib/format_time';

export interface SessionGroup {
  name: string;
  sessions: Session[];
}

export function groupSessions(sessions: readonly Session[], now: number): SessionGroup[] {
  const groups: SessionGroup[] = [];
  for (const session of sessions) {
    const name = timeGroup(session.updated_at, now);
    const last = groups.at(-1);
    if (last?.name === name) last.sessions.push(session);
    else groups.push({ name, sessions: [session] });
  }
  return groups;
}

/** Pages may overlap when sessions move while one scrolls: each session once, last updated first. */
export function mergeSessions(before: readonly Session[], more: readonly Session[]): Session[] {
  const byId = new Map(before.map((session) => [session.id, session]));
  for (const session of more) byId.set(session.id, session);
  return [...byId.values()].sort((a, b) => b.updated_at - a.updated_at || a.id.localeCompare(b.id));
}

export function tagsOf(sessions: readonly Session[]): string[] {
  const tags = new Set(sessions.flatMap((session) => session.tags));
  return [...tags].sort((a, b) => a.localeCompare(b));
}

/** "sales, 2024 , sales" → ["sales", "2024"]. */
export function readTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

export function sessionName(session: Session): string {
  return session.name || 'New conversation';
}
