#include "outcome_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "idi/core/text.hpp"

namespace idi::eval {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& from) {
  json::array array;
  for (const auto& text : from) array.emplace_back(text::to_valid_utf8(text));
  return array;
}

/// JSON has no NaN and no infinity: a predictor that gives one must not break the journal.
double finite(double value) { return std::isfinite(value) ? value : 0; }

json::object preview_object(const ResultPreview& preview) {
  json::array rows;
  for (const auto& row : preview.rows) rows.emplace_back(texts(row));
  return {{"columns", texts(preview.columns)},
          {"rows", std::move(rows)},
          {"row_count", preview.row_count},
          {"complete", preview.complete},
          {"error", text::to_valid_utf8(preview.error)}};
}

std::vector<std::string> texts_from(const json::value& value) {
  std::vector<std::string> texts;
  for (const auto& item : value.as_array()) texts.emplace_back(item.as_string());
  return texts;
}

ResultPreview preview_from(const json::value& value) {
  const json::object& object = value.as_object();
  ResultPreview preview;
  preview.columns = texts_from(object.at("columns"));
  for (const auto& row : object.at("rows").as_array()) preview.rows.push_back(texts_from(row));
  preview.row_count = object.at("row_count").to_number<std::int64_t>();
  preview.complete = object.at("complete").as_bool();
  preview.error = object.at("error").as_string();
  return preview;
}

Prediction prediction_from(const json::object& object) {
  Prediction prediction;
  prediction.sql = object.at("sql").as_string();
  prediction.candidates = texts_from(object.at("candidates"));
  prediction.confidence = object.at("confidence").to_number<double>();
  for (const auto& item : object.at("phases").as_array()) {
    const json::array& pair = item.as_array();
    prediction.phases.push_back(
        {std::string(pair.at(0).as_string()), pair.at(1).to_number<double>()});
  }
  // Journals of earlier versions and predictions from a file have none of these.
  if (const auto* writer = object.if_contains("written_by"))
    prediction.written_by = writer->as_string();
  if (const auto* agreement = object.if_contains("agreement"))
    prediction.agreement = agreement->as_string();
  if (const auto* names = object.if_contains("unknown_names"))
    prediction.unknown_names = names->to_number<std::size_t>();
  if (const auto* asked = object.if_contains("asked_back"))
    prediction.asked_back = asked->as_bool();
  if (const auto* refused = object.if_contains("refused")) prediction.refused = refused->as_bool();
  return prediction;
}

Verdict verdict_from(std::string_view name) {
  for (const Verdict verdict : {Verdict::right, Verdict::wrong, Verdict::unusable}) {
    if (verdict_name(verdict) == name) return verdict;
  }
  throw std::invalid_argument("unknown verdict " + std::string(name));
}

/// Throws, as Boost.JSON does, where the line is another than ours.
Outcome outcome_from(const json::object& object) {
  Outcome outcome;
  outcome.index = object.at("index").to_number<std::size_t>();
  outcome.verdict = verdict_from(object.at("verdict").as_string());
  for (const auto& name : texts_from(object.at("kinds"))) {
    const auto kind = error_kind_from_name(name);
    if (!kind) throw std::invalid_argument("unknown kind of error " + name);
    outcome.diagnosis.push_back(*kind);
  }
  outcome.prediction = prediction_from(object);
  if (const auto* right = object.if_contains("candidate_right")) {
    outcome.candidate_right = right->as_bool();
    for (const auto& each : object.at("candidates_right").as_array()) {
      outcome.candidates_right.push_back(each.as_bool());
    }
  }
  if (const auto* total = object.if_contains("total_ms")) {
    outcome.total_ms = total->to_number<double>();
  }
  outcome.execution_ms = object.at("execution_ms").to_number<double>();
  outcome.gold = preview_from(object.at("gold"));
  outcome.predicted = preview_from(object.at("predicted"));
  return outcome;
}

}  // namespace

std::string to_json_line(const Outcome& outcome) {
  json::array kinds;
  for (const ErrorKind kind : outcome.diagnosis) kinds.emplace_back(error_kind_name(kind));
  json::array phases;
  for (const auto& phase : outcome.prediction.phases) {
    phases.emplace_back(json::array{text::to_valid_utf8(phase.phase), finite(phase.milliseconds)});
  }
  json::object object{{"index", outcome.index},
                      {"verdict", verdict_name(outcome.verdict)},
                      {"kinds", std::move(kinds)},
                      {"sql", text::to_valid_utf8(outcome.prediction.sql)},
                      {"candidates", texts(outcome.prediction.candidates)},
                      {"confidence", finite(outcome.prediction.confidence)},
                      {"phases", std::move(phases)},
                      {"execution_ms", finite(outcome.execution_ms)},
                      {"gold", preview_object(outcome.gold)},
                      {"predicted", preview_object(outcome.predicted)}};
  if (outcome.candidate_right) {
    json::array each;
    for (const bool right : outcome.candidates_right) each.emplace_back(right);
    object["candidate_right"] = *outcome.candidate_right;
    object["candidates_right"] = std::move(each);
  }
  const Prediction& prediction = outcome.prediction;
  if (!prediction.written_by.empty()) object["written_by"] = prediction.written_by;
  if (!prediction.agreement.empty()) object["agreement"] = prediction.agreement;
  if (prediction.unknown_names > 0) object["unknown_names"] = prediction.unknown_names;
  if (prediction.asked_back) object["asked_back"] = true;
  if (prediction.refused) object["refused"] = true;
  if (outcome.total_ms) object["total_ms"] = finite(*outcome.total_ms);
  return json::serialize(object);
}

Result<Outcome> outcome_from_json_line(std::string_view line) {
  boost::system::error_code failure;
  const json::value value = json::parse(line, failure);
  if (!failure && value.is_object()) {
    try {
      return outcome_from(value.get_object());
    } catch (const std::exception& problem) {
      return make_error(ErrorCode::invalid_argument, "the journal has a record of another kind", {},
                        problem.what());
    }
  }
  return make_error(ErrorCode::invalid_argument, "the journal has a line that is no record", {},
                    failure.message());
}

}  // namespace idi::eval
