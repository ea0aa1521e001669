import { UnderstoodAs } from '../answer/understood_as';
import { ClarificationCard } from '../clarification/clarification_card';
import { wholeQuestion, type Reading } from '../clarification/readings';
import { UnclearQuestion } from '../clarification/unclear_question';
import type { TurnViewProps } from './turn_view';

interface AskedBackProps extends TurnViewProps {
  reading: Reading;
}

/** A turn that ended with a question of IDI's own. */
export function AskedBack(props: AskedBackProps) {
  const { turn, last, choice, actions, onReword, arrived, reading } = props;
  const { answer } = turn;
  const card = answer?.clarification;
  if (!answer || !card) return null;
  const { ask, choose } = actions;
  const settled = choice !== undefined && !choice.error;
  return (
    <>
      {reading.rewritten && (
        <UnderstoodAs question={reading.text} onCorrect={ask && ((text) => ask(text, true))}>
          <UnclearQuestion text={reading.text} phrase={card.phrase} />
        </UnderstoodAs>
      )}
      <ClarificationCard
        card={card}
        chosen={choice?.option}
        settled={settled}
        arrived={arrived}
        hotkeys={last}
        onChoose={choose && ((option) => choose(turn.id, card.id, option))}
        onLikeliest={ask && (() => ask(wholeQuestion(answer), true, false))}
        onReword={() => onReword(turn.question)}
      />
    </>
  );
}
