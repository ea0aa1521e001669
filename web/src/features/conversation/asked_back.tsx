import { UnderstoodAs } from '../answer/understood_as';
import { ClarificationCard } from '../clarification/clarification_card';
import { readQuestion, wasRewritten } from '../clarification/readings';
import { UnclearQuestion } from '../clarification/unclear_question';
import type { TurnViewProps } from './turn_view';

/** A turn that ended with a question of IDI's own. */
export function AskedBack({ turn, last, choice, actions, onReword, arrived }: TurnViewProps) {
  const { answer } = turn;
  const card = answer?.clarification;
  if (!answer || !card) return null;
  const { ask, choose } = actions;
  const question = readQuestion(answer);
  const settled = choice !== undefined && !choice.error;
  return (
    <>
      {wasRewritten(answer) && (
        <UnderstoodAs question={question} onCorrect={ask && ((text) => ask(text, true))}>
          <UnclearQuestion text={question} phrase={card.phrase} />
        </UnderstoodAs>
      )}
      <ClarificationCard
        card={card}
        chosen={choice?.option}
        settled={settled}
        arrived={arrived}
        hotkeys={last}
        onChoose={choose && ((option) => choose(turn.id, card.id, option))}
        onLikeliest={ask && (() => ask(question, true, false))}
        onReword={() => onReword(turn.question)}
      />
    </>
  );
}
