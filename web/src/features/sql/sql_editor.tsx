// The editor, in a chunk of its own: it comes when somebody wants to edit.
import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { MySQL, PostgreSQL, SQLite, sql } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { Schema } from '../../api/protocol';

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--code-keyword)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: [tags.standard(tags.name), tags.typeName], color: 'var(--code-function)' },
  { tag: tags.comment, color: 'var(--code-comment)' },
]);

const look = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', maxHeight: '320px' },
  '.cm-content': { padding: '12px 10px', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
    { backgroundColor: 'var(--accent-soft)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-soft) !important' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    boxShadow: 'var(--shadow-high)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
  },
});

const dialects = { sqlite: SQLite, postgres: PostgreSQL, mysql: MySQL };

interface SqlEditorProps {
  initial: string;
  schema: Schema | undefined;
  onChange: (sql: string) => void;
  onRun: () => void;
  onLeave: () => void;
}

export default function SqlEditor({ initial, schema, onChange, onRun, onLeave }: SqlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const actions = useRef({ onChange, onRun, onLeave });
  useEffect(() => {
    actions.current = { onChange, onRun, onLeave };
  });
  useEffect(() => {
    if (!place.current) return;
    const tables = Object.fromEntries(
      (schema?.tables ?? []).map((table) => [table.name, table.columns.map((c) => c.name)]),
    );
    const run = () => {
      actions.current.onRun();
      return true;
    };
    const leave = () => {
      actions.current.onLeave();
      return true;
    };
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: initial,
        extensions: [
          keymap.of([
            { key: 'Mod-Enter', run },
            ...completionKeymap,
            { key: 'Escape', run: leave },
          ]),
          keymap.of([...historyKeymap, ...defaultKeymap]),
          history(),
          drawSelection(),
          closeBrackets(),
          bracketMatching(),
          autocompletion({ icons: false }),
          sql({ dialect: dialects[schema?.dialect ?? 'sqlite'], schema: tables }),
          syntaxHighlighting(colours),
          look,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'SQL to run' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) actions.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.focus();
    return () => view.destroy();
  }, [initial, schema]);
  return <div ref={place} className="sql-editor" />;
}
