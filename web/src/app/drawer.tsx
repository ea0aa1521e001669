import { useEffect, useRef, type ReactNode } from 'react';

interface DrawerProps {
  side: 'left' | 'right';
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** Over the page where there is no room beside it; modal, as a dialog is. */
export function Drawer({ side, label, onClose, children }: DrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // A click beside the drawer closes it; Escape does so from the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={dialog}
      className={`drawer drawer-${side}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
