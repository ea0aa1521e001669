import { useState, type Ref } from 'react';
import { Button, IconButton } from '../components/button';
import { Menu, MenuItem } from '../components/menu';
import { ModelNote } from '../features/model/model_note';
import { useModelStatus } from '../features/model/use_model_status';
import { SessionList } from '../features/sessions/session_list';
import type { SessionsHandle } from '../features/sessions/use_sessions';
import { keepTheme, storedTheme, type Theme } from './theme';

interface SideBarProps {
  handle: SessionsHandle;
  current: string | undefined;
  searchField: Ref<HTMLInputElement>;
  onOpen: (id: string) => void;
  onNew: () => void;
  onCollapse: () => void;
  onHelp: () => void;
}

const themes = [
  { theme: 'system', name: 'As the system', icon: 'system' },
  { theme: 'light', name: 'Light', icon: 'sun' },
  { theme: 'dark', name: 'Dark', icon: 'moon' },
] as const;

export function SideBar(props: SideBarProps) {
  const { handle, current, searchField, onOpen, onNew, onCollapse, onHelp } = props;
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const model = useModelStatus();
  return (
    <div className="side-bar">
      <header className="side-bar-head">
        <span className="side-bar-name">
          <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="var(--accent)" />
            <path
              d="M9 22.5V16M16 22.5V9.5M23 22.5V13"
              stroke="var(--on-accent)"
              strokeWidth="3.4"
              strokeLinecap="round"
            />
          </svg>
          IDI
        </span>
        <IconButton icon="panel" label="Hide conversations" onClick={onCollapse} />
      </header>
      <Button icon="plus" className="side-bar-new" onClick={onNew}>
        New conversation
      </Button>
      <SessionList handle={handle} current={current} searchField={searchField} onOpen={onOpen} />
      <ModelNote status={model} />
      <footer className="side-bar-foot">
        <Menu
          label="Light or dark"
          icon={themes.find((entry) => entry.theme === theme)?.icon ?? 'system'}
          align="start"
          className="menu-above"
        >
          {(close) =>
            themes.map((entry) => (
              <MenuItem
                key={entry.theme}
                icon={entry.icon}
                chosen={entry.theme === theme}
                onSelect={() => {
                  close();
                  setTheme(entry.theme);
                  keepTheme(entry.theme);
                }}
              >
                {entry.name}
              </MenuItem>
            ))
          }
        </Menu>
        <IconButton icon="help" label="Keyboard shortcuts" onClick={onHelp} />
      </footer>
    </div>
  );
}
