#include "visualization.hpp"

#include <boost/json/serialize.hpp>
#include <cmath>

#include "fields.hpp"

namespace idi::api {
namespace {

constexpr std::int64_t max_column = 100'000;
constexpr std::size_t max_measures = 16;

std::string_view chosen_by_name(ChosenBy chosen_by) {
  switch (chosen_by) {
    case ChosenBy::rules:
      return "rules";
    case ChosenBy::question:
      return "question";
    case ChosenBy::user:
      break;
  }
  return "user";
}

bool has_axes(chart::Kind kind) {
  return kind != chart::Kind::none && kind != chart::Kind::table && kind != chart::Kind::number;
}

json::value measure_json(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  return *value;
}

json::array series_json(const std::vector<chart::Series>& series) {
  json::array array;
  for (const auto& one : series) {
    json::array values;
    values.reserve(one.values.size());
    for (const auto& value : one.values) values.push_back(measure_json(value));
    array.push_back(json::object{{"name", json_text(one.name)}, {"values", std::move(values)}});
  }
  return array;
}

json::array points_json(const std::vector<chart::PointSeries>& series) {
  json::array array;
  for (const auto& one : series) {
    json::array points;
    points.reserve(one.points.size());
    for (const auto& [x, y] : one.points) {
      if (std::isfinite(x) && std::isfinite(y)) points.push_back(json::array{x, y});
    }
    array.push_back(json::object{{"name", json_text(one.name)}, {"points", std::move(points)}});
  }
  return array;
}

void add_axes(json::object& object, const chart::Chart& chart) {
  object["x_scale"] = chart::scale_name(chart.x_scale);
  object["x_label"] = json_text(chart.x_label);
  object["y_label"] = json_text(chart.y_label);
  object["zero_based"] = chart.zero_based;
  if (chart.kind == chart::Kind::scatter) {
    object["points"] = points_json(chart.points);
  } else {
    object["labels"] = json_texts(chart.labels);
    object["series"] = series_json(chart.series);
  }
}

}  // namespace

json::object visualization_json(const chart::Chart& chart, ChosenBy chosen_by) {
  json::array available;
  for (const auto kind : chart.available) available.emplace_back(chart::kind_name(kind));
  json::object object{{"kind", chart::kind_name(chart.kind)},
                      {"title", json_text(chart.title)},
                      {"reason", json_text(chart.reason)},
                      {"chosen_by", chosen_by_name(chosen_by)},
                      {"available", std::move(available)}};
  if (!chart.notes.empty()) object["notes"] = json_texts(chart.notes);
  if (chart.x_column >= 0) object["x_column"] = chart.x_column;
  if (!chart.y_columns.empty()) {
    object["y_columns"] = json::array(chart.y_columns.begin(), chart.y_columns.end());
  }
  if (chart.series_column >= 0) object["series_column"] = chart.series_column;
  if (has_axes(chart.kind)) add_axes(object, chart);
  if (chart.value) object["value"] = cell_json(*chart.value);
  return object;
}

Result<chart::Choice> choice_from_json(json::object object) {
  Fields fields(std::move(object));
  chart::Choice choice;
  if (const auto name = fields.text("kind", 40)) {
    choice.kind = chart::kind_from_name(*name);
    if (!choice.kind) fields.refuse("kind", "is not a kind of chart");
  }
  if (const auto x = fields.integer("x", 0, max_column)) choice.x = static_cast<int>(*x);
  if (const auto y = fields.integers("y", max_measures, 0, max_column)) {
    for (const auto column : *y) choice.y.push_back(static_cast<int>(column));
  }
  if (const auto series = fields.integer("series", 0, max_column)) {
    choice.series = static_cast<int>(*series);
  }
  IDI_CHECK(fields.done());
  return choice;
}

std::string choice_text(const chart::Choice& choice) {
  json::object object;
  if (choice.kind) object["kind"] = chart::kind_name(*choice.kind);
  if (choice.x) object["x"] = *choice.x;
  if (!choice.y.empty()) object["y"] = json::array(choice.y.begin(), choice.y.end());
  if (choice.series) object["series"] = *choice.series;
  return json::serialize(object);
}

bool is_empty(const chart::Choice& choice) {
  return !choice.kind && !choice.x && choice.y.empty() && !choice.series;
}

}  // namespace idi::api
