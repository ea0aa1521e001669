#include "data_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "belief.hpp"
#include "checking.hpp"
#include "context.hpp"
#include "executor.hpp"
#include "generation/proposer.hpp"
#include "idi/answerability/answerability.hpp"
#include "idi/explanation/explanation.hpp"
#include "same_rows.hpp"

namespace idi::engine {
namespace {

class DataAnswer {
 public:
  DataAnswer(const Reading& reading, const Question& question, const DataTools& tools)
      : reading_(reading),
        question_(question),
        tools_(tools),
        executor_(tools.connection, tools.source.schema().dialect, tools.bounds) {}

  Result<Answer> run(std::optional<ir::Query>& tree) && {
    IDI_CHECK(read());
    IDI_CHECK(propose_candidates());
    IDI_CHECK(run_best());
    IDI_CHECK(check_result());
    believe();
    IDI_CHECK(refuse_if_unanswerable());
    explain();
    ask_back_or_offer();
    tree = std::move(candidate_.query);
    return std::move(answer_);
  }

 private:
  [[nodiscard]] const Schema& schema() const { return tools_.source.schema(); }

  Status read() {
    tools_.meter.begin(Phase::context, "Finding tables, columns and values");
    IDI_TRY(context_, find_context(reading_.understanding.question, reading_.keywords,
                                   question_.resolutions, tools_.source, tools_.bounds));
    answer_.read_question = reading_.understanding.question;
    answer_.warnings = context_.warnings;
    return {};
  }

  Status propose_candidates() {
    IDI_TRY(proposals_, propose(context_.linked,
                                {tools_.engines, tools_.source, tools_.connection, tools_.bounds,
                                 tools_.events, tools_.meter, context_.resolutions,
                                 tools_.switches.execution_choice, reading_.keywords}));
    answer_.candidates = reports_of(proposals_);
    for (auto& note : proposals_.notes) answer_.warnings.push_back(std::move(note));
    return {};
  }

  Status run_best() {
    tools_.meter.begin(Phase::executing, "Running the query");
    IDI_TRY(auto ran, executor_.run_best(proposals_));
    chosen_ = ran.candidate;
    candidate_ = proposals_.candidates[chosen_];
    answer_.result = std::move(ran.table);
    const auto place =
        std::find_if(answer_.candidates.begin(), answer_.candidates.end(), [&](const auto& report) {
          return report.sql == candidate_.sql && report.writer == candidate_.writer;
        });
    std::rotate(answer_.candidates.begin(), place, place + 1);
    say_who_wrote();
    if (candidate_.unresolved_values > 0) {
      answer_.warnings.push_back(
          "A value of the question was found in no cell; it was taken as it is.");
    }
    return {};
  }

  void say_who_wrote() {
    Authorship& authorship = answer_.authorship;
    authorship.written_by = candidate_.writer;
    authorship.agreement = proposals_.choice.agreement;
    authorship.timings = proposals_.timings;
    if (tools_.engines.model && (proposals_.timings || candidate_.writer == Writer::model)) {
      authorship.model = tools_.engines.model->status().name;
    }
    if (proposals_.choice.other) {
      authorship.other_sql = proposals_.candidates[*proposals_.choice.other].sql;
    }
  }

  Status check_result() {
    if (tools_.switches.verification) {
      IDI_TRY(auto checked, check(std::move(candidate_), std::move(answer_.result),
                                  {context_.linked, tools_.source, tools_.connection, executor_,
                                   tools_.bounds, tools_.meter}));
      candidate_ = std::move(checked.candidate);
      answer_.result = std::move(checked.table);
      answer_.findings = std::move(checked.findings);
    }
    answer_.sql = candidate_.sql;
    return {};
  }

  void believe() {
    answer_.confidence_features =
        features_of({proposals_, chosen_, context_.linked, schema(), context_.support,
                     answer_.result, answer_.findings, !reading_.standalone_question.empty()});
    const confidence::Model* fitted =
        tools_.engines.parser ? tools_.engines.parser->confidence() : nullptr;
    static const confidence::Model standard = confidence::Model::standard();
    answer_.confidence = (fitted ? *fitted : standard).probability(answer_.confidence_features);
    answer_.sure = answer_.confidence >= ask_back_below;
  }

  Status refuse_if_unanswerable() {
    answerability::ParserOpinion opinion;
    opinion.step_probability = step_probability(proposals_, chosen_);
    opinion.words_used = words_used(candidate_, context_.linked, schema(), context_.support);
    const auto verdict = tools_.source.judge().verdict_on(context_.linked, opinion);
    // Words alone do not refuse what the engines are sure of, unless what it takes is not there.
    const bool lacks = std::any_of(verdict.missing.begin(), verdict.missing.end(),
                                   [](const auto& missing) { return missing.is_lacking; });
    if (!verdict.answerable && (lacks || !answer_.sure) && question_.may_ask_back) {
      return answerability::as_error(verdict, schema());
    }
    for (const auto& missing : verdict.missing) {
      if (!missing.is_lacking) continue;
      answer_.warnings.push_back(fmt::format("\"{}\" {}.", missing.phrase, missing.why));
    }
    return {};
  }

  void explain() {
    answer_.resolutions = context_.resolutions;
    if (candidate_.query) {
      answer_.resolutions =
          clarification::in_use(*candidate_.query, context_.linked, schema(), context_.resolutions);
    }
    answer_.explanation = candidate_.query
                              ? explanation::explain(*candidate_.query, schema(), &context_.linked)
                              : explanation::explain_without_tree();
  }

  /// Those that only show more or less of the same rows count as one: nobody is asked about that.
  [[nodiscard]] std::vector<clarification::Alternative> alternatives() const {
    std::vector<clarification::Alternative> all;
    const Choice& choice = proposals_.choice;
    for (const std::size_t i : choice.order) {
      const SqlCandidate& candidate = proposals_.candidates[i];
      clarification::Alternative alternative{
          candidate.query ? &*candidate.query : nullptr, choice.probabilities[i],
          static_cast<int>(choice.clusters[i]), proposals_.trials[i].state != TrialState::failed};
      const auto same = std::find_if(all.begin(), all.end(), [&](const auto& other) {
        return alternative.query && other.query &&
               differ_in_columns_shown(*alternative.query, *other.query, schema());
      });
      if (same != all.end()) alternative.cluster = same->cluster;
      all.push_back(alternative);
    }
    return all;
  }

  /// Without how the tables are connected: between readings that is noise.
  [[nodiscard]] std::string in_words(const ir::Query& query) const {
    std::string text;
    for (const auto& part : explanation::explain(query, schema()).parts) {
      if (part.kind != explanation::PartKind::join) text += part.text;
    }
    if (text.ends_with('.')) text.pop_back();
    return text;
  }

  void ask_back_or_offer() {
    auto unclear = clarification::find_ambiguity(
        context_.linked, schema(), alternatives(), context_.resolutions,
        [this](const ir::Query& query) { return in_words(query); });
    if (!unclear) return;
    const bool must_ask = !answer_.sure || unclear->doubt >= ask_back_doubt;
    if (question_.may_ask_back && must_ask) {
      answer_.kind = Answer::Kind::clarification;
      answer_.sure = false;
      answer_.result = {};
    } else if (unclear->doubt < offer_doubt) {
      return;
    }
    answer_.clarification = std::move(*unclear);
  }

  const Reading& reading_;
  const Question& question_;
  const DataTools& tools_;
  Executor executor_;
  Context context_;
  Proposals proposals_;
  std::size_t chosen_ = 0;
  SqlCandidate candidate_;  ///< The chosen one, as it ran in the end.
  Answer answer_;
};

}  // namespace

Result<Answer> answer_from_rows(const Reading& reading, const Question& question,
                                const DataTools& tools, std::optional<ir::Query>& tree) {
  return DataAnswer(reading, question, tools).run(tree);
}

}  // namespace idi::engine
