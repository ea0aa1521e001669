#include "idi/chart/chart.hpp"

#include <algorithm>
#include <array>

#include "drawing.hpp"
#include "frame.hpp"
#include "idi/core/assert.hpp"
#include "plan.hpp"
#include "preference.hpp"
#include "rules.hpp"

namespace idi::chart {
namespace {

/// In the order in which they are offered.
constexpr std::array<std::pair<Kind, std::string_view>, 13> kinds = {{
    {Kind::none, "none"},
    {Kind::number, "number"},
    {Kind::line, "line"},
    {Kind::multi_line, "multi_line"},
    {Kind::area, "area"},
    {Kind::bar, "bar"},
    {Kind::horizontal_bar, "horizontal_bar"},
    {Kind::stacked_bar, "stacked_bar"},
    {Kind::grouped_bar, "grouped_bar"},
    {Kind::pie, "pie"},
    {Kind::scatter, "scatter"},
    {Kind::histogram, "histogram"},
    {Kind::table, "table"},
}};

std::vector<Kind> available_kinds(Kind chosen, const Choice& choice, Frame& frame) {
  std::vector<Kind> available = {chosen};
  for (const auto& [kind, name] : kinds) {
    if (kind == chosen || kind == Kind::none) continue;
    Choice other = choice;
    other.kind = kind;
    const bool possible =
        check_choice(other, frame).has_value() && !refusal(plan_for(kind, other, frame), frame);
    if (possible) available.push_back(kind);
  }
  return available;
}

/// The best kind that the rules let pass; the table always does, if there are rows.
Plan chosen_plan(const Choice& choice, Frame& frame) {
  for (const Kind kind : preferred_kinds(choice, frame)) {
    Plan plan = plan_for(kind, choice, frame);
    if (!refusal(plan, frame)) return plan;
  }
  return plan_for(Kind::table, choice, frame);
}

Chart finished(const Plan& plan, const Choice& choice, std::string_view title, Frame& frame) {
  Chart chart = draw(plan, title, frame);
  chart.available = available_kinds(plan.kind, choice, frame);
  return chart;
}

}  // namespace

std::string_view kind_name(Kind kind) noexcept {
  for (const auto& [known, name] : kinds) {
    if (known == kind) return name;
  }
  return {};
}

std::optional<Kind> kind_from_name(std::string_view name) noexcept {
  for (const auto& [kind, known] : kinds) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

std::string_view scale_name(Scale scale) noexcept {
  switch (scale) {
    case Scale::category:
      return "category";
    case Scale::time:
      return "time";
    case Scale::linear:
      return "linear";
  }
  return {};
}

Chart choose_chart(const ResultTable& result, const std::vector<ColumnHint>& hints,
                   std::string_view title, const Limits& limits) {
  Frame frame(result, hints, limits);
  return finished(chosen_plan({}, frame), {}, title, frame);
}

Result<Chart> make_chart(const ResultTable& result, const std::vector<ColumnHint>& hints,
                         const Choice& choice, std::string_view title, const Limits& limits) {
  Frame frame(result, hints, limits);
  IDI_CHECK(check_choice(choice, frame));
  if (!choice.kind) return finished(chosen_plan(choice, frame), choice, title, frame);
  const Plan plan = plan_for(*choice.kind, choice, frame);
  if (auto error = refusal(plan, frame)) return *error;
  return finished(plan, choice, title, frame);
}

}  // namespace idi::chart
