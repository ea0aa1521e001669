// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutSql, sqlTokens } from '../../src/features/sql/sql_tokens';

const sqlish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'SELECT',
        'from',
        'WHERE',
        'LEFT',
        'JOIN',
        '(',
        ')',
        ' ',
        "'",
        '"',
        '--',
        '/*',
        '*/',
        '\n',
        'é',
      ),
      fc.string(),
    ),
  )
  .map((parts) => parts.join(' '));

test('the pieces are the text itself, whatever it is', () => {
  fc.assert(
    fc.property(sqlish, (sql) => {
      expect(
        sqlTokens(sql)
          .map((token) => token.text)
          .join(''),
      ).toBe(sql);
    }),
  );
});

test('laying out changes blanks between words only', () => {
  fc.assert(
    fc.property(sqlish, (sql) => {
      const pieces = (text: string) =>
        sqlTokens(text)
          .filter((token) => token.kind !== 'blank')
          .map((token) => token.text);
      expect(pieces(layOutSql(sql))).toEqual(pieces(sql.trim()));
    }),
  );
});

test('kinds of words', () => {
  const kinds = sqlTokens(`SELECT count(*), 'it''s', "a b", 1.5 -- x`)
    .filter((token) => token.kind !== 'blank' && token.kind !== 'sign')
    .map((token) => [token.kind, token.text]);
  expect(kinds).toEqual([
    ['keyword', 'SELECT'],
    ['function', 'count'],
    ['string', `'it''s'`],
    ['name', '"a b"'],
    ['number', '1.5'],
    ['comment', '-- x'],
  ]);
});

test('a long statement has a line per clause, a subquery stays together', () => {
  const sql =
    "SELECT a FROM t LEFT JOIN u ON t.i = u.i WHERE a IN (SELECT b FROM c WHERE d = 'from') ORDER BY a";
  expect(layOutSql(sql).split('\n')).toEqual([
    'SELECT a',
    'FROM t',
    'LEFT JOIN u ON t.i = u.i',
    "WHERE a IN (SELECT b FROM c WHERE d = 'from')",
    'ORDER BY a',
  ]);
});
