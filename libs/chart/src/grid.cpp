#include "grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "thinning.hpp"

namespace idi::chart {
namespace {

constexpr std::string_view folded_name = "other";

/// Places of an axis mapped to the slots that are drawn.
struct Slots {
  std::vector<int> of_place;  ///< -1: left out
  std::vector<int> place;     ///< Per slot; -1: the slot of all folded places.
  int folded = 0;
  int left_out = 0;
  bool by_order = false;  ///< The first (or, in time, the latest) rather than the largest are kept.

  int size() const { return static_cast<int>(place.size()); }
};

Slots all_slots(int places) {
  Slots slots;
  slots.of_place.resize(static_cast<std::size_t>(places));
  std::iota(slots.of_place.begin(), slots.of_place.end(), 0);
  slots.place = slots.of_place;
  return slots;
}

/// Keeps the places of `kept` in axis order; the others share one more slot or are left out.
Slots keep_places(std::vector<int> kept, int places, bool fold) {
  std::sort(kept.begin(), kept.end());
  Slots slots;
  slots.of_place.assign(static_cast<std::size_t>(places),
                        fold ? static_cast<int>(kept.size()) : -1);
  for (std::size_t s = 0; s < kept.size(); ++s) {
    slots.of_place[static_cast<std::size_t>(kept[s])] = static_cast<int>(s);
  }
  (fold ? slots.folded : slots.left_out) = places - static_cast<int>(kept.size());
  slots.place = std::move(kept);
  if (fold) slots.place.push_back(-1);
  return slots;
}

/// What a place weighs: the sum of its values if they add up, else the highest.
std::vector<long double> weights_of(const Axis& axis, int y, bool additive, const Frame& frame) {
  constexpr auto nothing = -std::numeric_limits<long double>::infinity();
  std::vector<long double> weights(static_cast<std::size_t>(axis.size()), nothing);
  for (std::size_t r = 0; r < axis.place_of_row.size(); ++r) {
    const int place = axis.place_of_row[r];
    const auto value = place < 0 ? std::nullopt : frame.number(r, y);
    if (!value) continue;
    long double& weight = weights[static_cast<std::size_t>(place)];
    if (weight == nothing) {
      weight = *value;
    } else {
      weight = additive ? weight + *value : std::max<long double>(weight, *value);
    }
  }
  return weights;
}

std::vector<int> heaviest(const std::vector<long double>& weights, int count) {
  std::vector<int> places(weights.size());
  std::iota(places.begin(), places.end(), 0);
  std::stable_sort(places.begin(), places.end(), [&](int a, int b) {
    return weights[static_cast<std::size_t>(a)] > weights[static_cast<std::size_t>(b)];
  });
  places.resize(static_cast<std::size_t>(count));
  return places;
}

class GridMaker {
 public:
  GridMaker(const Plan& plan, Frame& frame)
      : plan_(plan), frame_(frame), x_(frame.axis(plan.x)), limits_(frame.limits()) {
    shares_ = plan.kind == Kind::pie && adds_up_to_a_whole(plan.y.front(), frame);
    additive_ = shares_ || std::all_of(plan.y.begin(), plan.y.end(),
                                       [&](int c) { return frame.kind(c).additive; });
  }

  Grid make() {
    choose_series();
    choose_places();
    fill();
    if (is_line()) thin();
    label();
    return std::move(grid_);
  }

 private:
  bool is_line() const {
    return plan_.kind == Kind::line || plan_.kind == Kind::multi_line || plan_.kind == Kind::area;
  }

  void choose_series() {
    if (plan_.series < 0) {
      series_ = all_slots(static_cast<int>(plan_.y.size()));
      return;
    }
    const Axis& across = frame_.axis(plan_.series);
    series_ = fold(across, limits_.max_series);
    note(series_, "series", across.size());
  }

  void choose_places() {
    if (is_line()) {
      places_ = all_slots(x_.size());
      return;
    }
    const bool pie = plan_.kind == Kind::pie;
    const int most = pie ? limits_.max_pie_slices : limits_.max_categories;
    if (x_.size() > most && x_.scale == Scale::time && !pie) {
      std::vector<int> latest(static_cast<std::size_t>(most));
      std::iota(latest.begin(), latest.end(), x_.size() - most);
      places_ = keep_places(std::move(latest), x_.size(), false);
      grid_.notes.push_back(fmt::format("Only the latest {} of {} are shown.", most, x_.size()));
    } else {
      places_ = fold(x_, most);
      note(places_, pie ? "parts" : "categories", x_.size());
    }
    // Bars over numbers stay in the order that the query asked for, if it asked for one.
    const Range& range = frame_.range(plan_.y.front());
    const bool ranked = range.finite > 2 && (range.ascending || range.descending);
    if (x_.scale == Scale::linear && plan_.series < 0 && ranked) order_as_rows();
    grid_.ranked =
        places_.folded > 0 || !std::is_sorted(places_.place.begin(), places_.place.end());
  }

  Slots fold(const Axis& axis, int most) const {
    if (axis.size() <= most) return all_slots(axis.size());
    const int y = plan_.y.front();
    if (additive_) {
      return keep_places(heaviest(weights_of(axis, y, true, frame_), most - 1), axis.size(), true);
    }
    // "The cheapest" come first: the question wants them, not the dearest.
    const bool ascending = frame_.range(y).ascending && axis.scale == Scale::category &&
                           frame_.range(y).finite == frame_.rows();
    if (ascending) {
      std::vector<int> first(static_cast<std::size_t>(most));
      std::iota(first.begin(), first.end(), 0);
      Slots slots = keep_places(std::move(first), axis.size(), false);
      slots.by_order = true;
      return slots;
    }
    return keep_places(heaviest(weights_of(axis, y, false, frame_), most), axis.size(), false);
  }

  void note(const Slots& slots, std::string_view what, int all) {
    if (slots.folded > 0) {
      grid_.notes.push_back(fmt::format("The {} smallest of {} {} are folded into “{}”.",
                                        slots.folded, all, what, folded_name));
    }
    if (slots.left_out > 0) {
      grid_.notes.push_back(fmt::format("Only the {} {} of {} {} are shown.",
                                        slots.by_order ? "first" : "largest", slots.size(), all,
                                        what));
    }
  }

  void order_as_rows() {
    std::vector<int> order(places_.place.size());
    std::iota(order.begin(), order.end(), 0);
    const auto first_row = [&](int slot) {
      const int place = places_.place[static_cast<std::size_t>(slot)];
      return place < 0 ? std::numeric_limits<std::size_t>::max()
                       : x_.first_row[static_cast<std::size_t>(place)];
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return first_row(a) < first_row(b); });
    std::vector<int> slot_of(order.size());
    std::vector<int> place(order.size());
    for (std::size_t s = 0; s < order.size(); ++s) {
      slot_of[static_cast<std::size_t>(order[s])] = static_cast<int>(s);
      place[s] = places_.place[static_cast<std::size_t>(order[s])];
    }
    for (int& slot : places_.of_place) {
      if (slot >= 0) slot = slot_of[static_cast<std::size_t>(slot)];
    }
    places_.place = std::move(place);
  }

  void add(std::size_t series, std::size_t place, double value) {
    auto& cell = grid_.series[series].values[place];
    cell = cell ? *cell + value : value;
  }

  void fill() {
    grid_.series.resize(static_cast<std::size_t>(series_.size()));
    for (Series& series : grid_.series) series.values.resize(places_.place.size());
    const Axis* across = plan_.series < 0 ? nullptr : &frame_.axis(plan_.series);
    for (std::size_t r = 0; r < frame_.rows(); ++r) {
      const int place = x_.place_of_row[r];
      const int slot = place < 0 ? -1 : places_.of_place[static_cast<std::size_t>(place)];
      if (slot < 0) continue;
      if (across == nullptr) {
        for (std::size_t s = 0; s < plan_.y.size(); ++s) {
          const auto value = frame_.number(r, plan_.y[s]);
          if (value) add(s, static_cast<std::size_t>(slot), *value);
        }
        continue;
      }
      const int from = across->place_of_row[r];
      const int series = from < 0 ? -1 : series_.of_place[static_cast<std::size_t>(from)];
      const auto value = series < 0 ? std::nullopt : frame_.number(r, plan_.y.front());
      if (value) add(static_cast<std::size_t>(series), static_cast<std::size_t>(slot), *value);
    }
    drop_overflows();
  }

  void drop_overflows() {
    bool overflowed = false;
    for (Series& series : grid_.series) {
      for (auto& value : series.values) {
        if (!value || std::isfinite(*value)) continue;
        value.reset();
        overflowed = true;
      }
    }
    if (overflowed) grid_.notes.push_back("A sum is too large to be drawn and left out.");
  }

  void thin() {
    const std::size_t most =
        std::max<std::size_t>(2, static_cast<std::size_t>(limits_.max_points) /
                                     std::max<std::size_t>(1, grid_.series.size()));
    const std::size_t all = places_.place.size();
    if (all <= most) return;
    std::vector<std::vector<std::optional<double>>> values;
    for (Series& series : grid_.series) values.push_back(std::move(series.values));
    const auto kept = thin_lines(values, most);
    std::vector<int> places;
    for (const std::size_t k : kept) places.push_back(places_.place[k]);
    for (std::size_t s = 0; s < values.size(); ++s) {
      grid_.series[s].values.clear();
      for (const std::size_t k : kept) grid_.series[s].values.push_back(values[s][k]);
    }
    places_.place = std::move(places);
    grid_.notes.push_back(fmt::format(
        "{} of {} points along x are drawn, chosen so that the shape and the extremes stay.",
        kept.size(), all));
  }

  /// The name of the folded, unlike every name beside it.
  static std::string folded_beside(const std::vector<std::string>& names) {
    std::string name{folded_name};
    while (std::find(names.begin(), names.end(), name) != names.end()) name = "(" + name + ")";
    return name;
  }

  std::vector<std::string> names_of(const Slots& slots, const Axis& axis) const {
    std::vector<std::string> names;
    for (const int place : slots.place) {
      names.push_back(
          place < 0 ? std::string{}
                    : frame_.label(axis.columns, axis.first_row[static_cast<std::size_t>(place)]));
    }
    for (std::size_t s = 0; s < names.size(); ++s) {
      if (slots.place[s] < 0) names[s] = folded_beside(names);
    }
    return names;
  }

  void label() {
    grid_.labels = names_of(places_, x_);
    if (plan_.series >= 0) {
      const auto names = names_of(series_, frame_.axis(plan_.series));
      for (std::size_t s = 0; s < names.size(); ++s) grid_.series[s].name = names[s];
    } else {
      for (std::size_t s = 0; s < plan_.y.size(); ++s) {
        grid_.series[s].name = frame_.words(plan_.y[s]);
      }
    }
  }

  const Plan& plan_;
  Frame& frame_;
  const Axis& x_;
  const Limits& limits_;
  bool shares_ = false;
  bool additive_ = false;
  Slots series_;
  Slots places_;
  Grid grid_;
};

}  // namespace

Grid make_grid(const Plan& plan, Frame& frame) { return GridMaker{plan, frame}.make(); }

}  // namespace idi::chart
