// Generated from protocol/idi.schema.json by `npm run types`. Do not edit.

/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "SessionId".
 */
export type SessionId = string;
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "TurnId".
 */
export type TurnId = number;
/**
 * Milliseconds since 1970, UTC.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Timestamp".
 */
export type Timestamp = number;
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Phase".
 */
export type Phase =
  'understanding' | 'context' | 'generating' | 'verifying' | 'executing' | 'visualizing';
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ErrorCode".
 */
export type ErrorCode =
  | 'invalid_argument'
  | 'not_found'
  | 'unreadable'
  | 'wrong_version'
  | 'refused'
  | 'sql_rejected'
  | 'unanswerable'
  | 'timeout'
  | 'cancelled'
  | 'limit_exceeded'
  | 'unavailable'
  | 'io_failed'
  | 'conflict'
  | 'not_supported'
  | 'internal';
/**
 * Integers beyond 2^53 and blobs come as objects, so that nothing is rounded or mangled.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Cell".
 */
export type Cell =
  | (null | number | string)
  | {
      integer: string;
    }
  | {
      blob_bytes: number;
    }
  | {
      real: 'inf' | '-inf' | 'nan';
    };
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ColumnType".
 */
export type ColumnType = 'text' | 'number' | 'time' | 'boolean' | 'other';
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ChartKind".
 */
export type ChartKind =
  | 'none'
  | 'table'
  | 'number'
  | 'line'
  | 'multi_line'
  | 'area'
  | 'bar'
  | 'horizontal_bar'
  | 'stacked_bar'
  | 'grouped_bar'
  | 'pie'
  | 'scatter'
  | 'histogram';
/**
 * What can be read in several ways: a word that means one of several columns, the date of a time range, a word that means one of several tables, a word that is a cell of several columns, the way in which tables are connected, by what something is best, or the question as a whole.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Ambiguity".
 */
export type Ambiguity = 'column' | 'date' | 'table' | 'value' | 'join' | 'measure' | 'reading';
/**
 * What a careful look at the query and its result showed.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "FindingKind".
 */
export type FindingKind =
  | 'rows_multiplied'
  | 'nothing_matches'
  | 'outside_of_data'
  | 'rows_dropped'
  | 'all_null'
  | 'no_rows'
  | 'limit_without_order'
  | 'type_mismatch'
  | 'ungrouped_column'
  | 'ties_cut'
  | 'repaired_error';
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "PartKind".
 */
export type PartKind =
  | 'measure'
  | 'item'
  | 'table'
  | 'join'
  | 'condition'
  | 'group'
  | 'order'
  | 'limit'
  | 'set'
  | 'glue';
/**
 * The built-in parser, or a language model.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Writer".
 */
export type Writer = 'parser' | 'model';
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "QueryReply".
 */
export type QueryReply =
  | {
      success: true;
      data: Answer;
    }
  | ErrorReply;
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ClientMessage".
 */
export type ClientMessage = QueryMessage | RunSqlMessage | ClarifyMessage | CancelMessage;
/**
 * All but hello carry seq, ascending within a session: a client that comes back with ?after=SEQ gets what it missed.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ServerMessage".
 */
export type ServerMessage =
  | HelloMessage
  | StartedMessage
  | QueuedMessage
  | ProgressMessage
  | TokenMessage
  | ResultMessage
  | CancelledMessage
  | ErrorMessage;

/**
 * Every message of IDI's HTTP API and of its WebSocket. openapi.json says which goes where.
 */
export interface IdiProtocol {}
/**
 * What is wrong, and what to do about it. Texts are data: to be shown as text only.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Error".
 */
export interface Error {
  code: ErrorCode;
  message: string;
  hint?: string;
  /**
   * The database's own words, or a position.
   */
  detail?: string;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ErrorReply".
 */
export interface ErrorReply {
  success: false;
  error: Error;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ResultColumn".
 */
export interface ResultColumn {
  name: string;
  /**
   * In words, where the name is an expression: "number of orders".
   */
  label?: string;
  type: ColumnType;
  /**
   * An identifier: shown without digit grouping, never a measure.
   */
  key?: boolean;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Results".
 */
export interface Results {
  columns: ResultColumn[];
  rows: Cell[][];
  /**
   * There are more rows; GET …/rows brings them.
   */
  truncated: boolean;
}
/**
 * What the user wants; absent fields are chosen.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ChartChoice".
 */
export interface ChartChoice {
  kind?: ChartKind;
  x?: number;
  /**
   * @maxItems 16
   */
  y?: number[];
  series?: number;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Visualization".
 */
export interface Visualization {
  kind: ChartKind;
  title: string;
  reason: string;
  chosen_by: 'rules' | 'question' | 'user';
  available: ChartKind[];
  notes?: string[];
  x_scale?: 'category' | 'time' | 'linear';
  x_label?: string;
  y_label?: string;
  x_column?: number;
  y_columns?: number[];
  series_column?: number;
  zero_based?: boolean;
  labels?: string[];
  series?: {
    name: string;
    values: (number | null)[];
  }[];
  points?: {
    name: string;
    points: [number, number][];
  }[];
  value?: Cell;
}
/**
 * A part of the question as it was read (Answer.read_question, else standalone_question, else question), half-open, in UTF-16 code units: what JavaScript's slice takes.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "TextRange".
 */
export interface TextRange {
  begin: number;
  end: number;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ClarificationOption".
 */
export interface ClarificationOption {
  id: string;
  /**
   * In the user's words.
   */
  label: string;
  /**
   * An example, or what it would answer.
   */
  detail?: string;
}
/**
 * A card: what is unclear, and what may be meant. To be answered with ClarifyMessage or POST …/clarify.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Clarification".
 */
export interface Clarification {
  /**
   * The same for the same doubt, in every question of this database.
   */
  id: string;
  ambiguity: Ambiguity;
  phrase?: TextRange1;
  /**
   * What is asked: "Which date of the orders do you mean?"
   */
  text: string;
  /**
   * Likeliest first.
   *
   * @minItems 2
   * @maxItems 5
   */
  options: [ClarificationOption, ClarificationOption, ...ClarificationOption[]];
}
/**
 * The unclear words; absent: the question as a whole.
 */
export interface TextRange1 {
  begin: number;
  end: number;
}
/**
 * What the user once chose on a card. Holds for the session, wherever it applies.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Resolution".
 */
export interface Resolution {
  /**
   * The card's id.
   */
  clarification: string;
  /**
   * The option's id.
   */
  option: string;
  /**
   * The words that were unclear; empty: the question as a whole.
   */
  phrase: string;
  /**
   * The option's.
   */
  label: string;
  /**
   * In lists.
   */
  created_at?: number;
}
/**
 * Last chosen first.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ResolutionList".
 */
export interface ResolutionList {
  resolutions: Resolution[];
}
/**
 * Something that can be asked instead.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "FindingOffer".
 */
export interface FindingOffer {
  label: string;
  /**
   * The whole question, asked that way.
   */
  question: string;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Finding".
 */
export interface Finding {
  kind: FindingKind;
  /**
   * The query was changed for it; the text says how.
   */
  repaired: boolean;
  text: string;
  /**
   * @maxItems 5
   */
  offers: FindingOffer[];
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ExplanationPart".
 */
export interface ExplanationPart {
  kind: PartKind;
  text: string;
  /**
   * The words of the question that led to it; empty: it follows from the others.
   */
  words: TextRange[];
}
/**
 * Made from the query that ran, not from the question.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Explanation".
 */
export interface Explanation {
  text: string;
  tables: string[];
  columns: string[];
  values: string[];
  /**
   * Their texts joined are `text`. Absent in answers of older versions.
   */
  parts?: ExplanationPart[];
  /**
   * Words of the question with a meaning of their own that led to nothing in the query.
   */
  unused_words?: TextRange[];
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Verification".
 */
export interface Verification {
  confidence: number;
  /**
   * The confidence is at or over the one below which IDI asks back. Absent in answers of older versions.
   */
  sure?: boolean;
  warnings: string[];
  /**
   * Most important first. Absent in answers of older versions.
   */
  findings?: Finding[];
  candidates: {
    sql: string;
    state: 'rows' | 'empty' | 'failed' | 'too_slow' | 'not_tried';
    score: number;
    written_by?: Writer;
  }[];
}
/**
 * Who wrote the SQL, and what the other engine said.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Authorship".
 */
export interface Authorship {
  written_by: Writer;
  /**
   * only_…: the other one was not asked, or gave no answer (a warning says so then).
   */
  agreement: 'only_parser' | 'only_model' | 'agree' | 'differ';
  /**
   * The language model's name, if one was asked.
   */
  model?: string;
  /**
   * Where they differ: the other engine's best.
   */
  other_sql?: string;
  timings?: ModelTimings;
}
/**
 * What a language model needed for this answer.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ModelTimings".
 */
export interface ModelTimings {
  requests: number;
  prompt_tokens: number;
  /**
   * Of the prompt's, those that were computed before.
   */
  cached_tokens: number;
  generated_tokens: number;
  /**
   * For the model to load, and for questions before this one.
   */
  wait_ms: number;
  first_text_ms: number;
  prompt_ms: number;
  generation_ms: number;
}
/**
 * The language model beside the built-in parser.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ModelStatus".
 */
export interface ModelStatus {
  /**
   * none: no language model is in use; not_started: it starts when it is first needed.
   */
  state: 'none' | 'not_started' | 'starting' | 'ready' | 'failed';
  /**
   * fast: asked where the parser is unsure; careful: both are asked; model: the parser only where it fails.
   */
  policy: 'fast' | 'careful' | 'model';
  name?: string;
  /**
   * Why it failed, and what to do.
   */
  why?: string;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Answer".
 */
export interface Answer {
  session_id: SessionId;
  turn_id: TurnId;
  /**
   * data: rows for a question; schema: about the database itself; sql: the user's own statement; clarification: nothing is shown yet, `clarification` asks what is meant.
   */
  kind: 'data' | 'schema' | 'sql' | 'clarification';
  /**
   * As asked; empty for the user's own SQL.
   */
  question: string;
  /**
   * A follow-up as it was understood, standing alone; absent if the question stood alone.
   */
  standalone_question?: string;
  /**
   * The text that every TextRange of this answer counts in; absent if that is standalone_question or, without one, question.
   */
  read_question?: string;
  /**
   * What ran; of kind clarification, what would have run.
   */
  sql: string;
  /**
   * The answer as a sentence.
   */
  summary: string;
  results: Results;
  visualization: Visualization;
  verification: Verification;
  authorship?: Authorship;
  explanation: Explanation;
  clarification?: Clarification1;
  /**
   * Earlier choices that this question was read by.
   */
  resolutions?: Resolution[];
  phase_ms: {
    understanding?: number;
    context?: number;
    generating?: number;
    verifying?: number;
    executing?: number;
    visualizing?: number;
  };
  total_ms: number;
}
/**
 * Of kind clarification: what has to be chosen. Of kind data: what could be meant too, offered and not asked; the answer took the first option.
 */
export interface Clarification1 {
  /**
   * The same for the same doubt, in every question of this database.
   */
  id: string;
  ambiguity: Ambiguity;
  phrase?: TextRange1;
  /**
   * What is asked: "Which date of the orders do you mean?"
   */
  text: string;
  /**
   * Likeliest first.
   *
   * @minItems 2
   * @maxItems 5
   */
  options: [ClarificationOption, ClarificationOption, ...ClarificationOption[]];
}
/**
 * POST /query; as a form the same fields. Without session_id a session is made.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "QueryRequest".
 */
export interface QueryRequest {
  query: string;
  session_id?: SessionId;
  /**
   * false: answer with the likeliest reading instead of asking what is meant.
   */
  ask_back?: boolean;
  max_rows?: number;
  timeout_ms?: number;
}
/**
 * POST /api/sessions/{session_id}/turns/{turn_id}/clarify: the choice on the card of that turn's answer. It is kept, and the turn's question is asked again, as a new turn.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ClarifyRequest".
 */
export interface ClarifyRequest {
  clarification: string;
  option: string;
  max_rows?: number;
  timeout_ms?: number;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "QueryMessage".
 */
export interface QueryMessage {
  type: 'query';
  query: string;
  /**
   * Words to look for besides those of the question.
   *
   * @maxItems 20
   */
  keywords?: string[];
  /**
   * true: take the question as it is, not as a follow-up (the user corrected the rewriting).
   */
  standalone?: boolean;
  /**
   * false: answer with the likeliest reading instead of asking what is meant.
   */
  ask_back?: boolean;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "RunSqlMessage".
 */
export interface RunSqlMessage {
  type: 'run_sql';
  sql: string;
}
/**
 * The choice on the card of an earlier turn's answer. It is kept, and the turn's question is asked again, as a new turn.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ClarifyMessage".
 */
export interface ClarifyMessage {
  type: 'clarify';
  turn_id: TurnId;
  clarification: string;
  option: string;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "CancelMessage".
 */
export interface CancelMessage {
  type: 'cancel';
}
/**
 * First on every connection. With a running turn its missed events follow.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "HelloMessage".
 */
export interface HelloMessage {
  type: 'hello';
  session_id: SessionId;
  /**
   * Of the last event so far.
   */
  seq: number;
  running_turn?: TurnId;
}
/**
 * The question was accepted and is kept.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "StartedMessage".
 */
export interface StartedMessage {
  type: 'started';
  seq: number;
  turn_id: TurnId;
  question: string;
  /**
   * The user's own statement, if that is what runs.
   */
  sql?: string;
  /**
   * The turn whose card was answered, and whose question this is.
   */
  clarifies?: number;
  session_name?: string;
  timestamp: Timestamp;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "QueuedMessage".
 */
export interface QueuedMessage {
  type: 'queued';
  seq: number;
  turn_id: TurnId;
  /**
   * 1: the next to run.
   */
  position: number;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ProgressMessage".
 */
export interface ProgressMessage {
  type: 'progress';
  seq: number;
  turn_id: TurnId;
  phase: Phase;
  message: string;
  /**
   * Never less than before.
   */
  progress: number;
  elapsed_ms: number;
  timestamp: Timestamp;
}
/**
 * The draft as it is written: keep the first `position` tokens, then add this one.
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "TokenMessage".
 */
export interface TokenMessage {
  type: 'token';
  seq: number;
  turn_id: TurnId;
  text: string;
  position: number;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ResultMessage".
 */
export interface ResultMessage {
  type: 'result';
  seq: number;
  turn_id: TurnId;
  success: true;
  data: Answer;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "CancelledMessage".
 */
export interface CancelledMessage {
  type: 'cancelled';
  seq: number;
  turn_id: TurnId;
  elapsed_ms: number;
}
/**
 * With turn_id the turn ended so; without, a message of the client could not be used (and the socket stays open).
 *
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "ErrorMessage".
 */
export interface ErrorMessage {
  type: 'error';
  seq: number;
  turn_id?: TurnId;
  code: ErrorCode;
  message: string;
  hint?: string;
  detail?: string;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Health".
 */
export interface Health {
  status: 'ok' | 'stopping';
  version: string;
  database: string;
  /**
   * The built-in parser.
   */
  generator: string;
  model: ModelStatus;
  uptime_s: number;
  running: number;
  queued: number;
  workers: number;
  connections?: number;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Schema".
 */
export interface Schema {
  name: string;
  dialect: 'sqlite' | 'postgres' | 'mysql';
  tables: {
    name: string;
    kind: 'table' | 'view';
    comment?: string;
    row_estimate?: number;
    columns: {
      name: string;
      type: ColumnType;
      declared_type: string;
      primary_key?: boolean;
      nullable?: boolean;
      comment?: string;
      sample_values?: string[];
    }[];
  }[];
  foreign_keys: {
    /**
     * table.column
     */
    from: string;
    to: string;
    /**
     * false: guessed from names.
     */
    declared: boolean;
  }[];
  /**
   * Questions that this database can answer, to begin with.
   */
  starters: string[];
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Session".
 */
export interface Session {
  id: SessionId;
  name: string;
  description: string;
  tags: string[];
  database: string;
  created_at: Timestamp;
  updated_at: Timestamp;
  turn_count: number;
  running: boolean;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "SessionList".
 */
export interface SessionList {
  sessions: Session[];
  total: number;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "SessionChange".
 */
export interface SessionChange {
  name?: string;
  description?: string;
  tags?: string[];
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Turn".
 */
export interface Turn {
  id: TurnId;
  question: string;
  standalone_question?: string;
  sql: string;
  written_by_person: boolean;
  /**
   * The turn whose card was answered, and whose question this is.
   */
  clarifies?: number;
  state: 'running' | 'answered' | 'failed' | 'cancelled' | 'interrupted';
  answer?: Answer;
  error?: Error;
  feedback?: Feedback;
  created_at: Timestamp;
  finished_at?: Timestamp;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Feedback".
 */
export interface Feedback {
  verdict: 'none' | 'up' | 'down';
  comment?: string;
}
/**
 * This interface was referenced by `IdiProtocol`'s JSON-Schema
 * via the `definition` "Conversation".
 */
export interface Conversation {
  session: Session;
  turns: Turn[];
  /**
   * To go on from with ?after=.
   */
  seq?: number;
}
