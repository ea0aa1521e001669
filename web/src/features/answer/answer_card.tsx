import { useEffect, useRef, useState } from 'react';
import type {
  ChartChoice,
  Feedback as FeedbackValue,
  Resolution,
  Results,
  Schema,
  Turn,
} from '../../api/protocol';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { formatDuration } from '../../lib/format_number';
import { ChartBlock } from '../chart/chart_block';
import { OfferedReading } from '../clarification/offered_reading';
import { wholeQuestion, type Reading } from '../clarification/readings';
import { RememberedChoices } from '../clarification/remembered_choices';
import { Explained } from '../explanation/explained';
import { MarkedQuestion } from '../explanation/marked_question';
import type { Marks } from '../explanation/use_marks';
import { SqlBlock } from '../sql/sql_block';
import { Alternatives } from './alternatives';
import { Authorship } from './authorship';
import { BasedOn } from './based_on';
import { Confidence } from './confidence';
import { judge } from './judgement';
import { doubtsOf } from './doubts';
import { Feedback } from './feedback';
import { Findings } from './findings';
import { PhaseTimes } from './phase_times';
import { TableBlock } from './table_block';
import { UnderstoodAs } from './understood_as';
import './answer.css';

type Part = 'sql' | 'based_on' | 'alternatives' | 'times';

export interface AnswerActions {
  /** Undefined while a question runs: one at a time. */
  ask: ((question: string, standalone: boolean, askBack?: boolean) => void) | undefined;
  runSql: ((sql: string) => void) | undefined;
  /** On the card of that turn's answer. */
  choose: ((turnId: number, clarification: string, option: string) => void) | undefined;
  /** An earlier choice. */
  forget: (clarification: string) => void;
  chooseChart: (turnId: number, choice: ChartChoice) => void;
  keepRows: (turnId: number, results: Results) => void;
  giveFeedback: (turnId: number, feedback: FeedbackValue) => void;
}

interface AnswerCardProps {
  turn: Turn;
  schema: Schema | undefined;
  reading: Reading;
  /** Of that reading, and of the answer's explanation. */
  marks: Marks;
  /** What was chosen on the card that came with the answer. */
  chosen: string | undefined;
  /** The choices that the session keeps; undefined: not known yet. */
  kept: readonly Resolution[] | undefined;
  actions: AnswerActions;
}

export function AnswerCard(props: AnswerCardProps) {
  const { turn, schema, reading, marks, chosen, kept, actions } = props;
  const [part, setPart] = useState<Part | undefined>(undefined);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const behavior = still ? 'auto' : 'smooth';
    if (part) panel.current?.scrollIntoView({ block: 'nearest', behavior });
  }, [part]);
  const { answer } = turn;
  if (!answer) return null;
  const { verification, explanation, visualization } = answer;
  const others = verification.candidates.filter((candidate) => candidate.sql !== answer.sql);
  const hasBasis = explanation.tables.length > 0 || explanation.values.length > 0;
  const parts: { part: Part; label: string; shown: boolean }[] = [
    { part: 'sql', label: 'SQL', shown: answer.sql !== '' },
    { part: 'based_on', label: 'Based on', shown: hasBasis },
    { part: 'alternatives', label: `Alternatives (${others.length})`, shown: others.length > 0 },
    { part: 'times', label: formatDuration(answer.total_ms), shown: true },
  ];
  const panelId = `part-${turn.id}`;
  const { ask, choose } = actions;
  const askWhole = ask && ((question: string) => ask(question, true));
  // Nothing was weighed where the same SQL is only drawn otherwise.
  const weighed = answer.kind === 'data' && verification.candidates.length > 0;
  const judgement = weighed ? judge(verification) : undefined;
  const sure = judgement?.sure ?? true;
  const confidence = judgement && <Confidence judgement={judgement} doubts={doubtsOf(answer)} />;
  const card = answer.clarification;
  return (
    <div className={`card answer ${sure ? '' : 'answer-unsure'}`}>
      {reading.rewritten && (
        <UnderstoodAs question={reading.text} onCorrect={askWhole}>
          <MarkedQuestion text={reading.text} marks={marks} />
        </UnderstoodAs>
      )}
      {!sure && confidence}
      <p className="answer-summary">{answer.summary}</p>
      {sure && confidence}
      <Explained explanation={explanation} marks={marks} />
      <RememberedChoices
        resolutions={answer.resolutions ?? []}
        kept={kept}
        onForget={actions.forget}
        onAskAgain={askWhole && (() => askWhole(wholeQuestion(answer)))}
      />
      {card && (
        <OfferedReading
          answer={answer}
          card={card}
          chosen={chosen}
          onChoose={choose && ((option) => choose(turn.id, card.id, option))}
        />
      )}
      {answer.authorship && <Authorship authorship={answer.authorship} onRun={actions.runSql} />}
      <Findings findings={verification.findings ?? []} onAsk={askWhole} />
      {verification.warnings.map((warning, index) => (
        <p key={index} className="answer-warning">
          <Icon name="warning" size={16} />
          <span>{warning}</span>
        </p>
      ))}
      {visualization.kind !== 'none' && (
        <ChartBlock
          chart={visualization}
          columns={answer.results.columns}
          onChoose={(choice) => actions.chooseChart(turn.id, choice)}
        />
      )}
      <TableBlock answer={answer} onRows={(results) => actions.keepRows(turn.id, results)} />
      <footer className="answer-foot">
        <div className="answer-parts">
          {parts
            .filter((entry) => entry.shown)
            .map((entry) => (
              <Button
                key={entry.part}
                look="quiet"
                {...(entry.part === 'times' ? { icon: 'clock' as const } : {})}
                {...(entry.part === 'times'
                  ? { 'aria-label': `Time per phase, ${entry.label}` }
                  : {})}
                aria-expanded={part === entry.part}
                aria-controls={part === entry.part ? panelId : undefined}
                onClick={() => setPart(part === entry.part ? undefined : entry.part)}
              >
                {entry.label}
              </Button>
            ))}
        </div>
        <Feedback
          value={turn.feedback}
          onGive={(feedback) => actions.giveFeedback(turn.id, feedback)}
        />
      </footer>
      {part && (
        <div id={panelId} ref={panel} className="answer-panel">
          {part === 'sql' && <SqlBlock sql={answer.sql} schema={schema} onRun={actions.runSql} />}
          {part === 'based_on' && <BasedOn explanation={explanation} />}
          {part === 'alternatives' && (
            <Alternatives
              candidates={others}
              model={answer.authorship?.model}
              onRun={actions.runSql}
            />
          )}
          {part === 'times' && <PhaseTimes answer={answer} />}
        </div>
      )}
    </div>
  );
}
