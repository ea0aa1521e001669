import { Dialog } from '../../components/dialog';
import './help.css';

const groups: readonly { name: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    name: 'Asking',
    keys: [
      ['/', 'Go to the question box'],
      ['Enter', 'Ask'],
      ['Shift+Enter', 'New line'],
      ['↑ ↓', 'Earlier and later questions'],
      ['Esc', 'Stop the running question'],
    ],
  },
  {
    name: 'When IDI asks back',
    keys: [
      ['1 2 3 4 5', 'Choose'],
      ['↑ ↓', 'From choice to choice'],
    ],
  },
  {
    name: 'In an explanation',
    keys: [
      ['← →', 'From part to part, from word to word'],
      ['Enter', 'Keep showing what belongs together'],
    ],
  },
  {
    name: 'Getting around',
    keys: [
      ['Ctrl+K', 'Search conversations'],
      ['?', 'This list'],
    ],
  },
  {
    name: 'In a table',
    keys: [
      ['← ↑ → ↓', 'From cell to cell'],
      ['PgUp PgDn', 'Ten rows on'],
      ['Ctrl+Home Ctrl+End', 'First and last cell'],
      ['Ctrl+C', 'Copy the cell'],
    ],
  },
  {
    name: 'In the SQL editor',
    keys: [
      ['Ctrl+Enter', 'Run'],
      ['Esc', 'Leave'],
    ],
  },
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      {groups.map((group) => (
        <section key={group.name} className="help">
          <h3>{group.name}</h3>
          <dl>
            {group.keys.map(([keys, meaning]) => (
              <div key={keys}>
                <dt>
                  {keys.split(' ').map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
