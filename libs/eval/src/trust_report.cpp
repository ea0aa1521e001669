#include "trust_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "idi/eval/report.hpp"
#include "object_text.hpp"

namespace idi::eval {
namespace {

std::string bins_json(const confidence::Reliability& reliability) {
  std::string text = "[";
  for (const confidence::Bin& bin : reliability.bins) {
    ObjectText object;
    object.add("low", fmt::format("{:.2f}", bin.low));
    object.add("high", fmt::format("{:.2f}", bin.high));
    object.add("count", static_cast<std::size_t>(bin.count));
    object.add("confidence", fmt::format("{:.4f}", bin.confidence));
    object.add("accuracy", fmt::format("{:.4f}", bin.accuracy));
    if (text.size() > 1) text += ',';
    text += object.take();
  }
  return text + "]";
}

// The drawing, in its own units: a square of 200 with room for words left of it and below.
constexpr double side = 200;
constexpr double left = 44;
constexpr double top = 12;

std::string drawing_of(const confidence::Reliability& reliability, std::string_view head) {
  std::string svg = fmt::format(
      "<svg {}viewBox=\"0 0 260 256\" role=\"img\" "
      "aria-label=\"Share of right answers by confidence\" font-family=\"sans-serif\" "
      "font-size=\"10\" fill=\"currentColor\">\n",
      head);
  for (int i = 0; i <= 4; ++i) {
    const double share = i / 4.0;
    const double y = top + side * (1 - share);
    const double x = left + side * share;
    svg += fmt::format(
        "<path d=\"M{0} {1}h{2}\" stroke=\"#8a94a3\" stroke-width=\".4\" opacity=\".6\"/>"
        "<text x=\"{3}\" y=\"{4}\" text-anchor=\"end\">{5} %</text>"
        "<text x=\"{6}\" y=\"{7}\" text-anchor=\"middle\">{5} %</text>\n",
        left, y, side, left - 5, y + 3.5, 25 * i, x, top + side + 14);
  }
  std::int64_t most = 1;
  for (const confidence::Bin& bin : reliability.bins) most = std::max(most, bin.count);
  for (const confidence::Bin& bin : reliability.bins) {
    if (bin.count == 0) continue;
    // The fuller a bar, the more answers it stands for.
    const double weight = static_cast<double>(bin.count) / static_cast<double>(most);
    svg += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"#3b6fe0\" "
        "opacity=\"{:.2f}\"><title>{:.0f} to {:.0f} % sure: {} answers, {:.1f} % right</title>"
        "</rect>\n",
        left + side * bin.low + 1, top + side * (1 - bin.accuracy), side * (bin.high - bin.low) - 2,
        side * bin.accuracy, 0.35 + 0.65 * weight, 100 * bin.low, 100 * bin.high, bin.count,
        100 * bin.accuracy);
    svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2\" fill=\"#e07b39\"/>\n",
                       left + side * bin.confidence, top + side * (1 - bin.accuracy));
  }
  svg += fmt::format(
      "<path d=\"M{0} {1}L{2} {3}\" stroke=\"#5b6675\" stroke-width=\"1\" "
      "stroke-dasharray=\"4 3\"/>\n<text x=\"{4}\" y=\"{5}\" text-anchor=\"middle\">confidence"
      "</text>\n<text x=\"{6}\" y=\"{7}\" text-anchor=\"middle\" "
      "transform=\"rotate(-90 {6} {7})\">right</text>\n</svg>\n",
      left, top + side, left + side, top, left + side / 2, top + side + 32, 10, top + side / 2);
  return svg;
}

}  // namespace

std::string trust_json(const Trust& trust) {
  ObjectText object;
  object.add("answered", tally_json(trust.answered));
  object.add("asked_back", trust.asked_back);
  object.add("refused", trust.refused);
  if (!trust.reliability) return object.take();
  const confidence::Reliability& reliability = *trust.reliability;
  object.add("expected_calibration_error",
             fmt::format("{:.4f}", reliability.expected_calibration_error));
  object.add("brier_score", fmt::format("{:.4f}", reliability.brier_score));
  object.add("ranking_quality", fmt::format("{:.4f}", reliability.ranking_quality));
  ObjectText coverage;
  coverage.add("precision", fmt::format("{:.2f}", wanted_precision));
  coverage.add("share", fmt::format("{:.4f}", trust.coverage.share));
  coverage.add("threshold", fmt::format("{:.4f}", trust.coverage.threshold));
  object.add("coverage", coverage.take());
  object.add("bins", bins_json(reliability));
  return object.take();
}

std::vector<std::pair<std::string_view, std::string>> trust_figures(const Trust& trust) {
  const confidence::Reliability& reliability = *trust.reliability;
  return {
      {"calibration error (ECE)", fmt::format("{:.4f}", reliability.expected_calibration_error)},
      {"Brier score", fmt::format("{:.4f}", reliability.brier_score)},
      {"ranking (AUC)", fmt::format("{:.4f}", reliability.ranking_quality)},
      {"can be answered with 90 % right", fmt::format("{:.2f} %", 100 * trust.coverage.share)},
      {"… from this confidence on", fmt::format("{:.2f}", trust.coverage.threshold)}};
}

std::string trust_text(const Trust& trust, std::size_t questions) {
  std::string text = fmt::format("\nanswered {} of {}, {} % of them right", trust.answered.count,
                                 questions, percent_text(trust.answered));
  text += fmt::format("; asked back {}, refused {}\n", trust.asked_back, trust.refused);
  if (!trust.reliability) return text;
  text += "\nhow far the confidence can be believed\n";
  for (const auto& [name, figure] : trust_figures(trust))
    text += fmt::format("  {:<34}{:>9}\n", name, figure);
  text += "  confidence      answers    mean   right\n";
  for (const confidence::Bin& bin : trust.reliability->bins) {
    if (bin.count == 0) continue;
    text += fmt::format("  {:>3.0f} to {:>3.0f} %  {:>9} {:>6.1f} {:>7.1f}\n", 100 * bin.low,
                        100 * bin.high, bin.count, 100 * bin.confidence, 100 * bin.accuracy);
  }
  return text;
}

std::string reliability_drawing(const confidence::Reliability& reliability) {
  return drawing_of(reliability, "width=\"100%\" style=\"max-width:320px\" ");
}

std::string reliability_svg(const confidence::Reliability& reliability) {
  std::string svg =
      drawing_of(reliability, "xmlns=\"http://www.w3.org/2000/svg\" width=\"520\" height=\"512\" ");
  // A page of any colour may hold the file.
  svg.insert(svg.find('\n') + 1, "<rect width=\"260\" height=\"256\" fill=\"#fff\"/>\n");
  return svg;
}

}  // namespace idi::eval
