#include "formats.hpp"

#include <fmt/format.h>

#include <cmath>
#include <type_traits>

#include "card_view.hpp"
#include "exit_codes.hpp"
#include "idi/table_file/csv.hpp"
#include "json_writer.hpp"

namespace idi::cli {
namespace {

double rounded(double value, double digits) {
  const double factor = std::pow(10.0, digits);
  return std::round(value * factor) / factor;
}

void write_table(JsonWriter& json, const engine::Answer& answer) {
  json.key("columns").begin_array();
  for (std::size_t c = 0; c < answer.result.columns.size(); ++c) {
    json.begin_object().key("name").text(answer.result.columns[c]);
    json.key("type").text(column_type_name(answer.column_hints[c].type)).end_object();
  }
  json.end_array().key("rows").begin_array();
  for (const Row& row : answer.result.rows) {
    json.begin_array(true);
    for (const Value& cell : row) json.value(cell);
    json.end_array();
  }
  json.end_array();
  json.key("row_count").integer(static_cast<std::int64_t>(answer.result.rows.size()));
  json.key("truncated").boolean(answer.result.truncated);
}

void write_authorship(JsonWriter& json, const engine::Authorship& authorship) {
  json.key("written_by").text(engine::writer_name(authorship.written_by));
  json.key("agreement").text(engine::agreement_name(authorship.agreement));
  if (!authorship.model.empty()) json.key("model").text(authorship.model);
  if (!authorship.other_sql.empty()) json.key("other_sql").text(authorship.other_sql);
  if (!authorship.timings) return;
  const auto& timings = *authorship.timings;
  json.key("model_timings").begin_object();
  json.key("requests").integer(timings.requests);
  json.key("prompt_tokens").integer(timings.prompt_tokens);
  json.key("cached_tokens").integer(timings.cached_tokens);
  json.key("generated_tokens").integer(timings.generated_tokens);
  json.key("wait_ms").number(rounded(timings.wait_ms, 3));
  json.key("first_text_ms").number(rounded(timings.first_text_ms, 3));
  json.key("prompt_ms").number(rounded(timings.prompt_ms, 3));
  json.key("generation_ms").number(rounded(timings.generation_ms, 3)).end_object();
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

void write_card(JsonWriter& json, const engine::Answer& answer) {
  const auto& card = *answer.clarification;
  json.key("clarification").begin_object();
  json.key("id").text(card.id);
  json.key("ambiguity").text(clarification::ambiguity_name(card.ambiguity));
  json.key("phrase").text(resolution_of(answer, 0).phrase);
  json.key("text").text(card.text);
  json.key("options").begin_array();
  for (const auto& option : card.options) {
    json.begin_object().key("id").text(option.id);
    json.key("label").text(option.label);
    json.key("detail").text(option.detail).end_object();
  }
  json.end_array().end_object();
}

void write_choices_used(JsonWriter& json, const engine::Answer& answer) {
  json.key("resolutions").begin_array();
  for (const auto& used : answer.resolutions) {
    json.begin_object().key("clarification").text(used.clarification);
    json.key("option").text(used.option).end_object();
  }
  json.end_array();
}

void write_findings(JsonWriter& json, const engine::Answer& answer) {
  json.key("findings").begin_array();
  for (const auto& finding : answer.findings) {
    json.begin_object().key("kind").text(verification::finding_kind_name(finding.kind));
    json.key("repaired").boolean(finding.repaired);
    json.key("text").text(finding.text).key("offers").begin_array();
    for (const auto& offer : finding.offers) {
      json.begin_object().key("label").text(offer.label);
      json.key("question").text(offer.question).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace

std::string answer_as_json(std::string_view question, const engine::Answer& answer) {
  JsonWriter json;
  json.begin_object();
  json.key("question").text(question);
  json.key("kind").text(kind_name(answer.kind));
  json.key("sql");
  if (answer.sql.empty()) {
    json.null();
  } else {
    json.text(answer.sql);
  }
  json.key("summary").text(answer.summary);
  write_table(json, answer);
  json.key("confidence").number(rounded(answer.confidence, 3));
  json.key("sure").boolean(answer.sure);
  if (answer.clarification) write_card(json, answer);
  write_choices_used(json, answer);
  write_findings(json, answer);
  if (answer.kind == engine::Answer::Kind::data) write_authorship(json, answer.authorship);
  json.key("explanation").begin_object();
  json.key("text").text(answer.explanation.text);
  json.key("tables").texts(answer.explanation.tables);
  json.key("columns").texts(answer.explanation.columns);
  json.key("values").texts(answer.explanation.values).end_object();
  json.key("candidates").begin_array();
  for (const auto& candidate : answer.candidates) {
    json.begin_object().key("sql").text(candidate.sql);
    json.key("written_by").text(engine::writer_name(candidate.writer));
    json.key("log_probability").number(rounded(candidate.log_probability, 4));
    json.key("score").number(rounded(candidate.score, 4));
    json.key("trial").text(engine::trial_state_name(candidate.state));
    json.key("rows").integer(candidate.rows).end_object();
  }
  json.end_array();
  json.key("warnings").texts(answer.warnings);
  json.key("phase_ms").begin_object();
  for (int i = 0; i < engine::phase_count; ++i) {
    json.key(engine::phase_name(static_cast<engine::Phase>(i)))
        .number(rounded(answer.phase_ms[static_cast<std::size_t>(i)], 3));
  }
  json.end_object().key("total_ms").number(rounded(answer.total_ms(), 3));
  return json.end_object().take();
}

std::string error_as_json(const Error& error) {
  JsonWriter json;
  json.begin_object().key("error").begin_object();
  json.key("code").text(error_code_name(error.code));
  json.key("message").text(error.message);
  json.key("hint").text(error.hint);
  json.key("detail").text(error.detail);
  json.key("exit_code").integer(exit_code_of(error.code));
  return json.end_object().end_object().take();
}

std::string schema_as_json(const Schema& schema) {
  JsonWriter json;
  json.begin_object().key("name").text(schema.name).key("tables").begin_array();
  for (const Table& table : schema.tables) {
    json.begin_object().key("name").text(table.name);
    json.key("kind").text(table.kind == TableKind::view ? "view" : "table");
    json.key("comment").text(table.comment).key("rows");
    if (table.row_estimate) {
      json.integer(*table.row_estimate);
    } else {
      json.null();
    }
    json.key("columns").begin_array();
    for (const Column& column : table.columns) {
      json.begin_object().key("name").text(column.name);
      json.key("declared_type").text(column.declared_type);
      json.key("type").text(column_type_name(column.type));
      json.key("primary_key").boolean(column.primary_key);
      json.key("nullable").boolean(column.nullable);
      json.key("comment").text(column.comment);
      json.key("samples").texts(column.sample_values).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().key("foreign_keys").begin_array();
  const auto full_name = [&](ColumnRef ref) {
    return fmt::format("{}.{}", schema.table_of(ref).name, schema.column(ref).name);
  };
  for (const ForeignKey& key : schema.foreign_keys) {
    json.begin_object().key("from").text(full_name(key.from)).key("to").text(full_name(key.to));
    json.key("declared").boolean(key.declared).end_object();
  }
  return json.end_array().end_object().take();
}

std::string table_as_csv(const ResultTable& table) {
  std::string out;
  const auto add_row = [&](const auto& cells, auto as_text) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) out += ',';
      out += as_text(cells[c]);
    }
    out += "\r\n";
  };
  using table_file::CsvReader;
  add_row(table.columns, [](const std::string& name) {
    return table_file::csv_text(name, CsvReader::for_programs);
  });
  for (const Row& row : table.rows) {
    add_row(row,
            [](const Value& cell) { return table_file::csv_cell(cell, CsvReader::for_programs); });
  }
  return out;
}

}  // namespace idi::cli
