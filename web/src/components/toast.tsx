import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { IconButton } from './button';
import './toast.css';

export interface Toast {
  text: string;
  bad?: boolean;
  action?: { label: string; run: () => void };
}

const shown_ms = 4_000;
const shown_with_action_ms = 10_000;

const ShowToast = createContext<(toast: Toast) => void>(() => undefined);

export const useToast = () => useContext(ShowToast);

/** One at a time, at the bottom; read out, and gone after a while. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const show = useCallback((next: Toast) => {
    clearTimeout(timer.current);
    setToast(next);
    timer.current = setTimeout(
      () => setToast(undefined),
      next.action ? shown_with_action_ms : shown_ms,
    );
  }, []);
  const close = useMemo(() => () => setToast(undefined), []);
  return (
    <ShowToast value={show}>
      {children}
      <div className="toast-place" role="status" aria-live="polite">
        {toast && (
          <div className={`toast ${toast.bad ? 'toast-bad' : ''}`}>
            <span className="toast-text">{toast.text}</span>
            {toast.action && (
              <button
                type="button"
                className="toast-action"
                onClick={() => {
                  close();
                  toast.action?.run();
                }}
              >
                {toast.action.label}
              </button>
            )}
            <IconButton icon="close" label="Dismiss" size={15} onClick={close} />
          </div>
        )}
      </div>
    </ShowToast>
  );
}
