import { useEffect, useRef, useState } from 'react';
import type {
  ChartChoice,
  Feedback as FeedbackValue,
  Results,
  Schema,
  Turn,
} from '../../api/protocol';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { formatDuration } from '../../lib/format_number';
import { ChartBlock } from '../chart/chart_block';
import { SqlBlock } from '../sql/sql_block';
import { Alternatives } from './alternatives';
import { Authorship } from './authorship';
import { BasedOn } from './based_on';
import { Confidence } from './confidence';
import { Feedback } from './feedback';
import { PhaseTimes } from './phase_times';
import { TableBlock } from './table_block';
import { UnderstoodAs } from './understood_as';
import './answer.css';

type Part = 'sql' | 'based_on' | 'alternatives' | 'times';

export interface AnswerActions {
  /** Undefined while a question runs: one at a time. */
  ask: ((question: string, standalone: boolean) => void) | undefined;
  runSql: ((sql: string) => void) | undefined;
  chooseChart: (turnId: number, choice: ChartChoice) => void;
  keepRows: (turnId: number, results: Results) => void;
  giveFeedback: (turnId: number, feedback: FeedbackValue) => void;
}

interface AnswerCardProps {
  turn: Turn;
  schema: Schema | undefined;
  actions: AnswerActions;
}

export function AnswerCard({ turn, schema, actions }: AnswerCardProps) {
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
  const hasBasis =
    explanation.text !== '' || explanation.tables.length > 0 || explanation.values.length > 0;
  const parts: { part: Part; label: string; shown: boolean }[] = [
    { part: 'sql', label: 'SQL', shown: answer.sql !== '' },
    { part: 'based_on', label: 'Based on', shown: hasBasis },
    { part: 'alternatives', label: `Alternatives (${others.length})`, shown: others.length > 0 },
    { part: 'times', label: formatDuration(answer.total_ms), shown: true },
  ];
  const panelId = `part-${turn.id}`;
  const { ask } = actions;
  const { standalone_question: standalone } = answer;
  return (
    <div className="card answer">
      {standalone && (
        <UnderstoodAs
          question={standalone}
          onCorrect={ask ? (question) => ask(question, true) : undefined}
        />
      )}
      <div className="answer-head">
        <p className="answer-summary">{answer.summary}</p>
        {/* Nothing was weighed where the same SQL is only drawn otherwise. */}
        {answer.kind === 'data' && verification.candidates.length > 0 && (
          <Confidence confidence={verification.confidence} />
        )}
      </div>
      {answer.authorship && <Authorship authorship={answer.authorship} onRun={actions.runSql} />}
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
