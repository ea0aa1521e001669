#include "kept_answer.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <utility>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "reading_json.hpp"
#include "visualization.hpp"

namespace idi::api {
namespace {

constexpr std::array<std::string_view, 6> measure_names{"unknown", "none",    "count",
                                                        "sum",     "average", "extremum"};
constexpr std::array<std::string_view, 3> coverage_names{"unknown", "whole", "part"};
constexpr std::array<ColumnType, 5> column_types{
    ColumnType::text, ColumnType::number, ColumnType::time, ColumnType::boolean, ColumnType::other};

Error no_document() {
  return make_error(ErrorCode::internal, "the answer that was kept cannot be read");
}

std::string_view kind_name(engine::Answer::Kind kind) {
  switch (kind) {
    case engine::Answer::Kind::data:
      return "data";
    case engine::Answer::Kind::clarification:
      return "clarification";
    case engine::Answer::Kind::schema:
      return "schema";
    case engine::Answer::Kind::sql:
      break;
  }
  return "sql";
}

std::string measures_text(const std::vector<chart::ColumnHint>& hints) {
  json::array array;
  for (const auto& hint : hints) {
    array.push_back(
        json::object{{"measure", measure_names.at(static_cast<std::size_t>(hint.measure))},
                     {"coverage", coverage_names.at(static_cast<std::size_t>(hint.coverage))}});
  }
  return json::serialize(array);
}

/// JSON has no NaN and no infinity.
double finite(double value) { return std::isfinite(value) ? value : 0; }

json::object verification_json(const engine::Answer& answer, bool with_candidates) {
  json::array candidates;
  for (const auto& candidate : answer.candidates) {
    if (!with_candidates) break;
    candidates.push_back(json::object{{"sql", json_text(candidate.sql)},
                                      {"state", engine::trial_state_name(candidate.state)},
                                      {"score", finite(candidate.score)},
                                      {"written_by", engine::writer_name(candidate.writer)}});
  }
  return {{"confidence", std::clamp(finite(answer.confidence), 0.0, 1.0)},
          {"sure", answer.sure},
          {"warnings", json_texts(answer.warnings)},
          {"findings", findings_json(answer)},
          {"candidates", std::move(candidates)}};
}

json::object timings_json(const engine::ModelTimings& timings) {
  return {
      {"requests", timings.requests},           {"prompt_tokens", timings.prompt_tokens},
      {"cached_tokens", timings.cached_tokens}, {"generated_tokens", timings.generated_tokens},
      {"wait_ms", finite(timings.wait_ms)},     {"first_text_ms", finite(timings.first_text_ms)},
      {"prompt_ms", finite(timings.prompt_ms)}, {"generation_ms", finite(timings.generation_ms)}};
}

json::object authorship_json(const engine::Authorship& authorship) {
  json::object object{{"written_by", engine::writer_name(authorship.written_by)},
                      {"agreement", engine::agreement_name(authorship.agreement)}};
  if (!authorship.model.empty()) object["model"] = json_text(authorship.model);
  if (!authorship.other_sql.empty()) object["other_sql"] = json_text(authorship.other_sql);
  if (authorship.timings) object["timings"] = timings_json(*authorship.timings);
  return object;
}

/// Where ranges are of another text than the one that is shown.
bool is_read_otherwise(const engine::Answer& answer, const AnsweredTurn& turn) {
  if (answer.read_question.empty()) return false;
  return answer.read_question !=
         (answer.standalone_question.empty() ? turn.question : answer.standalone_question);
}

json::array resolutions_json(const std::vector<clarification::Resolution>& resolutions) {
  json::array array;
  for (const auto& resolution : resolutions) array.push_back(resolution_json(resolution));
  return array;
}

json::object phase_ms_json(const engine::Answer& answer) {
  json::object object;
  for (int i = 0; i < engine::phase_count; ++i) {
    object[engine::phase_name(static_cast<engine::Phase>(i))] =
        answer.phase_ms.at(static_cast<std::size_t>(i));
  }
  return object;
}

/// All but the results and the visualization; not `whole`: without other candidates, and without
/// the explanation in parts.
json::object body_json(const engine::Answer& answer, const AnsweredTurn& turn, bool whole) {
  json::object object{{"session_id", turn.session_id},
                      {"turn_id", turn.turn_id},
                      {"kind", kind_name(answer.kind)},
                      {"question", json_text(turn.question)}};
  if (!answer.standalone_question.empty()) {
    object["standalone_question"] = json_text(answer.standalone_question);
  }
  if (is_read_otherwise(answer, turn)) object["read_question"] = json_text(answer.read_question);
  object["sql"] = json_text(answer.sql);
  object["summary"] = json_text(answer.summary);
  object["verification"] = verification_json(answer, whole);
  if (answer.kind == engine::Answer::Kind::data) {
    object["authorship"] = authorship_json(answer.authorship);
  }
  object["explanation"] = explanation_json(answer, whole);
  if (answer.clarification && is_card(*answer.clarification)) {
    object["clarification"] = clarification_json(*answer.clarification, answer.read_question);
  }
  if (!answer.resolutions.empty()) object["resolutions"] = resolutions_json(answer.resolutions);
  object["phase_ms"] = phase_ms_json(answer);
  object["total_ms"] = turn.total_ms;
  return object;
}

/// The protocol's Results, of as many rows as fit.
std::string results_text(const engine::Answer& answer, std::size_t max_bytes) {
  std::string text = "{\"columns\":";
  text += json::serialize(columns_json(answer.result.columns, answer.column_hints));
  text += ",\"rows\":[";
  constexpr std::size_t ending_bytes = 32;
  bool truncated = answer.result.truncated;
  bool first = true;
  for (const auto& row : answer.result.rows) {
    const std::string one = json::serialize(row_json(row));
    if (text.size() + one.size() + ending_bytes > max_bytes) {
      truncated = true;
      break;
    }
    if (!first) text += ',';
    first = false;
    text += one;
  }
  text += truncated ? "],\"truncated\":true}" : "],\"truncated\":false}";
  return text;
}

/// A text of an object, with one more field at its end.
std::string with_field(std::string object, std::string_view name, std::string_view value) {
  IDI_ASSERT(object.size() > 2 && object.back() == '}');
  object.back() = ',';
  object += '"';
  object += name;
  object += "\":";
  object += value;
  object += '}';
  return object;
}

ColumnType column_type_from_name(std::string_view name) {
  for (const auto type : column_types) {
    if (column_type_name(type) == name) return type;
  }
  return ColumnType::other;
}

/// The value of an enumeration whose names are listed in order; the first for a name of another
/// version.
template <typename Enum, std::size_t count>
Enum from_name(const std::array<std::string_view, count>& names, std::string_view name) {
  const auto* place = std::find(names.begin(), names.end(), name);
  return place == names.end() ? Enum{} : static_cast<Enum>(place - names.begin());
}

std::string_view text_of(const json::value& value) {
  const auto& text = value.as_string();
  return {text.data(), text.size()};
}

KeptResult result_from_json(const json::value& results, const json::value& measures) {
  KeptResult kept;
  for (const auto& column : results.at("columns").as_array()) {
    kept.table.columns.emplace_back(text_of(column.at("name")));
    chart::ColumnHint hint;
    hint.type = column_type_from_name(text_of(column.at("type")));
    const auto* key = column.as_object().if_contains("key");
    hint.key = key && key->as_bool();
    if (const auto* label = column.as_object().if_contains("label")) hint.label = text_of(*label);
    const std::size_t index = kept.hints.size();
    if (index < measures.as_array().size()) {
      const auto& made_by = measures.as_array()[index];
      hint.measure = from_name<chart::Measure>(measure_names, text_of(made_by.at("measure")));
      hint.coverage = from_name<chart::Coverage>(coverage_names, text_of(made_by.at("coverage")));
    }
    kept.hints.push_back(hint);
  }
  for (const auto& cells : results.at("rows").as_array()) {
    Row row;
    for (const auto& cell : cells.as_array()) row.push_back(cell_from_json(cell));
    kept.table.rows.push_back(std::move(row));
  }
  kept.table.truncated = results.at("truncated").as_bool();
  return kept;
}

}  // namespace

std::string KeptAnswer::answer() const { return with_field(body, "visualization", visualization); }

std::string KeptAnswer::document() const { return measures + '\n' + body + '\n' + visualization; }

KeptAnswer keep_answer(const engine::Answer& answer, const AnsweredTurn& turn,
                       std::size_t max_bytes) {
  constexpr std::size_t joints_bytes = 256;
  KeptAnswer kept;
  kept.measures = measures_text(answer.column_hints);
  const auto chosen_by = answer.chart_was_asked_for ? ChosenBy::question : ChosenBy::rules;
  kept.visualization = json::serialize(visualization_json(answer.chart, chosen_by));
  std::string body = json::serialize(body_json(answer, turn, true));
  const auto fixed = [&] {
    return kept.measures.size() + kept.visualization.size() + body.size() + joints_bytes;
  };
  if (fixed() > max_bytes / 2) {
    // A chart is drawn from the rows; where it takes their room, the table says more.
    chart::Chart table;
    table.kind = chart::Kind::table;
    table.title = answer.chart.title;
    table.reason = "the values are too long for a chart";
    table.available = {chart::Kind::table};
    kept.visualization = json::serialize(visualization_json(table, ChosenBy::rules));
    body = json::serialize(body_json(answer, turn, false));
  }
  const std::size_t room = max_bytes > fixed() ? max_bytes - fixed() : 0;
  kept.body = with_field(std::move(body), "results", results_text(answer, room));
  return kept;
}

Result<KeptAnswer> read_document(std::string_view document) {
  const auto first = document.find('\n');
  if (first == std::string_view::npos) return no_document();
  const auto second = document.find('\n', first + 1);
  if (second == std::string_view::npos) return no_document();
  KeptAnswer kept;
  kept.measures = document.substr(0, first);
  kept.body = document.substr(first + 1, second - first - 1);
  kept.visualization = document.substr(second + 1);
  if (kept.body.size() < 3 || kept.body.back() != '}') return no_document();
  return kept;
}

Result<KeptResult> result_of(const KeptAnswer& kept) {
  try {
    const auto body = json::parse({kept.body.data(), kept.body.size()});
    const auto measures = json::parse({kept.measures.data(), kept.measures.size()});
    return result_from_json(body.at("results"), measures);
  } catch (const std::exception&) {
    // Not a document of ours, or damaged on the disk.
    return no_document();
  }
}

json::array columns_json(const std::vector<std::string>& names,
                         const std::vector<chart::ColumnHint>& hints) {
  json::array columns;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto hint = i < hints.size() ? hints[i] : chart::ColumnHint{};
    json::object column{{"name", json_text(names[i])}, {"type", column_type_name(hint.type)}};
    if (hint.key) column["key"] = true;
    // A column of a table is called as it is there; an expression is no name for people.
    if (names[i].find('(') != std::string::npos) {
      column["label"] = json_text(chart::column_label(names[i], hint));
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

json::array row_json(const Row& row) {
  json::array cells;
  cells.reserve(row.size());
  for (const auto& cell : row) cells.push_back(cell_json(cell));
  return cells;
}

}  // namespace idi::api
