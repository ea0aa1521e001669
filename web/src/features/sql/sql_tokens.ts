// SQL cut into coloured pieces, for showing only: joined again they are the text itself.

export type TokenKind =
  'keyword' | 'function' | 'name' | 'string' | 'number' | 'comment' | 'sign' | 'blank';

export interface SqlToken {
  kind: TokenKind;
  text: string;
}

const keywords = new Set(
  `all and any as asc between by case cast collate cross current_date current_timestamp desc distinct
  else end escape except exists explain false fetch filter first following for from full glob group
  having ilike in inner intersect is isnull interval join last lateral left like limit natural next not
  notnull null nulls offset on only or order outer over partition preceding range recursive
  right row rows select similar some table then true unbounded union using values when where window
  with within`.split(/\s+/),
);

const pattern =
  /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*'?)|("(?:[^"]|"")*"?|`[^`]*`?|\[[^\]\n]*\])|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_$]*)|(\s+)|([^])/gu;

export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (const match of sql.matchAll(pattern)) {
    const [text, comment, string, quoted, number, word, blank] = match;
    let kind: TokenKind = 'sign';
    if (comment !== undefined) kind = 'comment';
    else if (string !== undefined) kind = 'string';
    else if (quoted !== undefined) kind = 'name';
    else if (number !== undefined) kind = 'number';
    else if (blank !== undefined) kind = 'blank';
    else if (word !== undefined) {
      const called = /^\s*\(/.test(
        sql.slice(match.index + text.length, match.index + text.length + 8),
      );
      if (keywords.has(word.toLowerCase())) kind = 'keyword';
      else kind = called ? 'function' : 'name';
    }
    tokens.push({ kind, text });
  }
  return tokens;
}

const clauses =
  /^(select|from|where|group|having|order|limit|union|intersect|except|left|right|inner|full|cross|natural|join)$/i;
const join_words = /^(left|right|inner|full|cross|natural|outer)$/i;
const narrow_width = 64;

/** Long statements on one line get a line per clause; only blanks outside of texts change. */
export function layOutSql(sql: string): string {
  const text = sql.trim();
  if (text.includes('\n') || text.length <= narrow_width) return text;
  let out = '';
  let depth = 0;
  let last = '';
  const tokens = sqlTokens(text);
  tokens.forEach((token, index) => {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth = Math.max(0, depth - 1);
    if (token.kind === 'blank') {
      const next = tokens[index + 1];
      const breaks =
        depth === 0 &&
        next?.kind === 'keyword' &&
        clauses.test(next.text) &&
        !join_words.test(last) &&
        out !== '';
      out += breaks ? '\n' : token.text;
      return;
    }
    last = token.text;
    out += token.text;
  });
  return out;
}
