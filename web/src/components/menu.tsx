import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import './menu.css';

interface MenuProps {
  label: string;
  icon?: IconName;
  text?: ReactNode;
  align?: 'start' | 'end';
  /** Menu items; or any content, then the arrow keys stay theirs. */
  children: (close: () => void) => ReactNode;
  className?: string;
  kind?: 'menu' | 'panel';
}

export function Menu(props: MenuProps) {
  const { label, icon, text, align = 'end', children, className, kind = 'menu' } = props;
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const list = root.current?.querySelector<HTMLElement>('.menu-list');
    list?.scrollIntoView({ block: 'nearest' });
    list?.querySelector<HTMLElement>('button, a, select')?.focus({ preventScroll: true });
    function onPointerDown(event: PointerEvent) {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    }
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [open]);

  function close() {
    setOpen(false);
    root.current?.querySelector<HTMLElement>('button')?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!open) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
      return;
    }
    if (kind !== 'menu' || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    items[(at + step + items.length) % items.length]?.focus();
  }

  return (
    // The keys are those of the menu inside, which has the role.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={`menu ${className ?? ''}`} ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        className={text ? 'button button-quiet' : 'icon-button'}
        aria-haspopup={kind === 'menu' ? 'menu' : 'dialog'}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {icon && <Icon name={icon} size={16} />}
        {text !== undefined && <span className="menu-text">{text}</span>}
      </button>
      {open && (
        <div
          id={id}
          className={`menu-list menu-${align}`}
          role={kind === 'menu' ? 'menu' : 'dialog'}
          aria-label={label}
        >
          {children(close)}
        </div>
      )}
    </div>
  );
}

interface MenuItemProps {
  icon?: IconName;
  chosen?: boolean;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, chosen, danger, onSelect, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role={chosen === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={chosen}
      className={`menu-item ${danger ? 'menu-item-danger' : ''}`}
      onClick={onSelect}
    >
      {icon && <Icon name={icon} size={16} />}
      <span>{children}</span>
      {chosen && <Icon name="check" size={15} />}
    </button>
  );
}

export function MenuLink({
  href,
  download,
  onSelect,
  children,
}: {
  href: string;
  download: string;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <a role="menuitem" className="menu-item" href={href} download={download} onClick={onSelect}>
      <Icon name="download" size={16} />
      <span>{children}</span>
    </a>
  );
}
