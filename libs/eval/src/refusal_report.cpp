#include <fmt/format.h>

#include <ostream>
#include <utility>

#include "idi/eval/refusals.hpp"
#include "idi/eval/report.hpp"
#include "object_text.hpp"
#include "progress_line.hpp"
#include "whole_file.hpp"

namespace idi::eval {
namespace {

double percent(std::size_t part, const RefusalTally& tally) {
  return tally.count == 0 ? 0
                          : 100.0 * static_cast<double>(part) / static_cast<double>(tally.count);
}

std::string tally_of(const RefusalTally& tally) {
  ObjectText object;
  object.add("count", tally.count);
  object.add("refused", tally.refused);
  object.add("asked_back", tally.asked_back);
  object.add("unsure", tally.unsure);
  object.add("failed", tally.failed);
  object.add("turned_down", fmt::format("{:.2f}", tally.turned_down()));
  return object.take();
}

std::string line_of(const AskedElsewhere& one) {
  ObjectText object;
  object.add("index", one.index);
  object.add("question", ObjectText::quoted(one.question));
  object.add("own", ObjectText::quoted(one.own));
  object.add("asked", ObjectText::quoted(one.asked));
  object.add("refused", one.refused ? "true" : "false");
  object.add("asked_back", one.prediction.asked_back ? "true" : "false");
  object.add("confidence", fmt::format("{:.4f}", one.prediction.confidence));
  object.add("sql", ObjectText::quoted(one.prediction.sql));
  object.add("error", ObjectText::quoted(one.error));
  return object.take();
}

}  // namespace

std::string refusals_json(const RefusalEvaluation& evaluation, const RefusalOptions& options) {
  ObjectText object;
  object.add("seed", static_cast<std::size_t>(options.seed));
  object.add("threshold", fmt::format("{:.2f}", options.threshold));
  object.add("wrong_databases", tally_of(evaluation.rightly));
  object.add("own_databases", tally_of(evaluation.falsely));
  object.add("separation", fmt::format("{:.4f}", evaluation.separation));
  object.add("left_out", evaluation.left_out);
  object.add("own", summary_json(evaluation.own, options.eval));
  return object.take();
}

std::string refusals_text(const RefusalEvaluation& evaluation, const RefusalOptions& options) {
  const RefusalTally& wrong = evaluation.rightly;
  const RefusalTally& own = evaluation.falsely;
  std::string text = fmt::format(
      "{} questions asked of a database that cannot answer them (seed {}), and {} of their own\n\n"
      "                      wrong database   own database\n",
      wrong.count, options.seed, own.count);
  const auto line = [&](const std::string& name, std::size_t of_wrong, std::size_t of_own) {
    text += fmt::format("  {:<22}{:>10.2f} %{:>13.2f} %\n", name, percent(of_wrong, wrong),
                        percent(of_own, own));
  };
  line("refused", wrong.refused, own.refused);
  line("asked back", wrong.asked_back, own.asked_back);
  line(fmt::format("less than {:.0f} % sure", 100 * options.threshold), wrong.unsure, own.unsure);
  line("failed", wrong.failed, own.failed);
  text += fmt::format("  {:<22}{:>10.2f} %{:>13.2f} %\n", "turned down", wrong.turned_down(),
                      own.turned_down());
  text += fmt::format("\nown databases are surer with probability {:.4f} (AUC)\n",
                      evaluation.separation);
  if (evaluation.left_out > 0)
    text += fmt::format("{} questions have no database in the set that is foreign to theirs\n",
                        evaluation.left_out);
  return text + "\nof their own databases: " + summary_text(evaluation.own, options.eval);
}

Result<RefusalEvaluation> run_refusal_command(const RefusalOptions& options, Predictor& predictor,
                                              bool json, EvalStreams streams,
                                              std::stop_token stop) {
  Result<RefusalEvaluation> evaluation = [&] {
    if (!streams.progress) return evaluate_refusals(options, predictor, nullptr, std::move(stop));
    ProgressLine line(*streams.progress);
    return evaluate_refusals(options, predictor, &line, std::move(stop));
  }();
  if (!evaluation) return evaluation;
  if (options.eval.report) {
    std::string lines;
    for (const AskedElsewhere& one : evaluation->elsewhere) lines += line_of(one) + "\n";
    IDI_CHECK(replace_file(*options.eval.report / "elsewhere.jsonl", lines));
    IDI_CHECK(replace_file(*options.eval.report / "refusals.json",
                           refusals_json(*evaluation, options) + "\n"));
  }
  streams.out << (json ? refusals_json(*evaluation, options) + "\n"
                       : refusals_text(*evaluation, options));
  streams.out.flush();
  if (!streams.out)
    return make_error(ErrorCode::io_failed, "cannot write the summary to standard output");
  return evaluation;
}

}  // namespace idi::eval
