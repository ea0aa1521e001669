import { useEffect, useEffectEvent } from 'react';

export interface Hotkey {
  /** One of several does as well. */
  key: string | readonly string[];
  /** With Ctrl, or Cmd on a Mac. */
  control?: boolean;
  /** Also while something is being typed. */
  whileTyping?: boolean;
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** A key for the whole page; not while a dialog is open. */
export function useHotkey(hotkey: Hotkey, action: (event: KeyboardEvent) => void): void {
  const { key, control = false, whileTyping = false } = hotkey;
  const run = useEffectEvent(action);
  const isMeant = useEffectEvent((pressed: string) =>
    typeof key === 'string' ? pressed === key : key.includes(pressed),
  );
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (!isMeant(event.key) || event.defaultPrevented || event.isComposing) return;
      if (control !== (event.ctrlKey || event.metaKey) || event.altKey) return;
      if (!whileTyping && !control && isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      run(event);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [control, whileTyping]);
}
