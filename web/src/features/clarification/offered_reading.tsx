import { useId, useState } from 'react';
import type { Answer, Clarification } from '../../api/protocol';
import { Button } from '../../components/button';
import { Choices } from './choices';
import { readQuestion, takenOption, unclearWords } from './readings';

interface OfferedReadingProps {
  answer: Answer;
  card: Clarification;
  /** What was chosen instead, in a later turn. */
  chosen: string | undefined;
  /** Undefined: nothing can be asked now. */
  onChoose: ((option: string) => void) | undefined;
}

/** One line: how unclear words were read, with what else they could mean behind it. */
export function OfferedReading({ answer, card, chosen, onChoose }: OfferedReadingProps) {
  const [open, setOpen] = useState(false);
  const lineId = useId();
  const panelId = useId();
  const words = unclearWords(readQuestion(answer), card);
  const taken = takenOption(answer, card);
  // Of a whole question, the explanation above says how it was read.
  const label = words && card.options.find((option) => option.id === taken)?.label;
  const subject = words ? <q>{words}</q> : 'this question';
  return (
    <div className="offered">
      <p className="offered-line">
        <span id={lineId}>
          {label ? (
            <>
              Read {subject} as <b>{label}</b>
            </>
          ) : (
            <>There is another way to read {subject}</>
          )}
        </span>
        <Button
          look="quiet"
          aria-expanded={open}
          aria-controls={open ? panelId : undefined}
          aria-describedby={lineId}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Leave it' : label ? 'Change' : 'Choose'}
        </Button>
      </p>
      {open && (
        <div id={panelId} className="offered-choices">
          <p id={`${panelId}-title`}>{card.text}</p>
          <Choices
            options={card.options}
            labelledBy={`${panelId}-title`}
            current={chosen ?? taken}
            onChoose={
              onChoose &&
              ((option) => {
                setOpen(false);
                onChoose(option);
              })
            }
          />
        </div>
      )}
    </div>
  );
}
