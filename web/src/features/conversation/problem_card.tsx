import type { ReactNode } from 'react';
import type { Error as ProtocolError } from '../../api/protocol';
import { Button } from '../../components/button';
import { Icon, type IconName } from '../../components/icon';

interface Look {
  icon: IconName;
  tone: 'calm' | 'bad';
  title: string;
}

/** What is nobody's fault looks calm. */
export function problemLook(code: ProtocolError['code']): Look {
  switch (code) {
    case 'refused':
      return { icon: 'info', tone: 'calm', title: 'IDI only reads' };
    case 'unanswerable':
      return { icon: 'help', tone: 'calm', title: 'This cannot be answered from the data' };
    case 'sql_rejected':
      return { icon: 'warning', tone: 'bad', title: 'This SQL cannot run' };
    case 'timeout':
      return { icon: 'clock', tone: 'calm', title: 'It took too long' };
    case 'limit_exceeded':
      return { icon: 'info', tone: 'calm', title: 'Too much at once' };
    case 'conflict':
      return { icon: 'info', tone: 'calm', title: 'A question is still running' };
    case 'cancelled':
      return { icon: 'stop', tone: 'calm', title: 'Stopped' };
    case 'unavailable':
      return { icon: 'warning', tone: 'bad', title: 'Not available' };
    default:
      return { icon: 'warning', tone: 'bad', title: 'Something went wrong' };
  }
}

interface ProblemCardProps {
  error: ProtocolError;
  title?: string;
  action?: string;
  icon?: IconName;
  /** Undefined: not now. */
  onAction?: (() => void) | undefined;
  onDismiss?: (() => void) | undefined;
  /** What else can be done. */
  children?: ReactNode;
}

export function ProblemCard({
  title,
  error,
  action = 'Try again',
  icon = 'retry',
  onAction,
  onDismiss,
  children,
}: ProblemCardProps) {
  const look = problemLook(error.code);
  return (
    <div className={`card problem problem-${look.tone}`}>
      <Icon name={look.icon} size={20} />
      <div className="problem-text">
        <p className="problem-title">{title ?? look.title}</p>
        <p className="problem-message">{error.message}</p>
        {error.hint && <p className="problem-hint">{error.hint}</p>}
        {error.detail && (
          <details>
            <summary>Details</summary>
            <pre>{error.detail}</pre>
          </details>
        )}
        <div className="problem-actions">
          {onAction && (
            <Button icon={icon} onClick={onAction}>
              {action}
            </Button>
          )}
          {onDismiss && (
            <Button look="quiet" onClick={onDismiss}>
              Dismiss
            </Button>
          )}
        </div>
        {children}
      </div>
    </div>
  );
}
