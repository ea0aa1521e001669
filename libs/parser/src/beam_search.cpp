#include "beam_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace idi::parser {

double log_normalizer(std::span<const float> logits, const ir::Allowed& allowed,
                      const OutputSpace& space) {
  double top = -std::numeric_limits<double>::infinity();
  space.for_each(allowed, [&](int output) {
    const double logit = logits[static_cast<std::size_t>(output)];
    if (logit > top) top = logit;
  });
  if (!std::isfinite(top)) return -std::numeric_limits<double>::infinity();
  double sum = 0;
  space.for_each(allowed, [&](int output) {
    const double logit = logits[static_cast<std::size_t>(output)];
    if (logit <= top) sum += std::exp(logit - top);  // false for NaN
  });
  return top + std::log(sum);
}

namespace {

struct Unfinished {
  ir::Grammar grammar;
  std::vector<ir::Token> tokens;
  std::vector<int> history;
  int previous = DecoderStep::start;
  double log_probability = 0;
};

struct Expansion {
  double log_probability;
  int parent;
  int output;
};

/// Ties are broken by position, so that the same question gives the same queries on every run.
bool better(const Expansion& a, const Expansion& b) {
  if (a.log_probability != b.log_probability) return a.log_probability > b.log_probability;
  if (a.parent != b.parent) return a.parent < b.parent;
  return a.output < b.output;
}

class Search {
 public:
  Search(OutputScorer& scorer, const OutputSpace& space, const BeamOptions& options,
         const Acceptor& accept, const DraftObserver& on_draft)
      : scorer_(scorer), space_(space), options_(options), accept_(accept), on_draft_(on_draft) {}

  Result<std::vector<Finished>> run(const Interrupt& interrupt) {
    beam_.emplace_back();
    for (int step = 0; step < options_.max_steps && !beam_.empty() && !settled(); ++step) {
      IDI_CHECK(interrupt.check());
      expand();
      select();
      if (on_draft_) tell_leader();
    }
    return std::move(finished_);
  }

 private:
  // Log-probabilities only fall, so that an unfinished output can at best keep its own.
  bool settled() const {
    if (static_cast<int>(finished_.size()) < options_.width) return false;
    double hope = -std::numeric_limits<double>::infinity();
    for (const Unfinished& output : beam_) hope = std::max(hope, output.log_probability);
    return hope + options_.length_reward * options_.max_steps <=
           finished_[static_cast<std::size_t>(options_.width) - 1].score;
  }

  void tell_leader() const {
    const bool is_done =
        !finished_.empty() &&
        (beam_.empty() || finished_.front().log_probability >= beam_.front().log_probability);
    if (is_done) {
      on_draft_(finished_.front().tokens);
    } else if (!beam_.empty()) {
      on_draft_(beam_.front().tokens);
    }
  }

  void expand() {
    steps_.clear();
    for (const Unfinished& output : beam_) steps_.push_back({output.previous, &output.history});
    scorer_.advance(steps_);
    expansions_.clear();
    for (std::size_t i = 0; i < beam_.size(); ++i) {
      const auto parent = static_cast<int>(i);
      scorer_.for_each(parent, beam_[i].grammar.allowed(), space_, [&](int output, double step) {
        expansions_.push_back({beam_[i].log_probability + step, parent, output});
      });
    }
  }

  // Of the best 2·width expansions, the complete ones are finished, the others make the next beam.
  void select() {
    const auto width = static_cast<std::size_t>(options_.width);
    const std::size_t kept = std::min(expansions_.size(), 2 * width);
    std::partial_sort(expansions_.begin(), expansions_.begin() + static_cast<std::ptrdiff_t>(kept),
                      expansions_.end(), better);
    std::vector<Unfinished> next;
    for (std::size_t i = 0; i < kept && next.size() < width; ++i) {
      const Expansion& expansion = expansions_[i];
      const Unfinished& parent = beam_[static_cast<std::size_t>(expansion.parent)];
      const ir::Token token = space_.token(expansion.output);
      ir::Grammar grammar = parent.grammar;
      grammar.advance(token);
      std::vector<ir::Token> tokens = parent.tokens;
      tokens.push_back(token);
      if (grammar.complete()) {
        finish(std::move(tokens), expansion.log_probability);
        continue;
      }
      std::vector<int> history = parent.history;
      history.push_back(scorer_.pool_row(expansion.parent));
      next.push_back({std::move(grammar), std::move(tokens), std::move(history), expansion.output,
                      expansion.log_probability});
    }
    beam_ = std::move(next);
  }

  void finish(std::vector<ir::Token> tokens, double log_probability) {
    const auto steps = static_cast<double>(tokens.size());
    Finished output{std::move(tokens), log_probability,
                    log_probability + options_.length_reward * steps};
    if (!accept_(output)) return;
    const auto place =
        std::upper_bound(finished_.begin(), finished_.end(), output,
                         [](const Finished& a, const Finished& b) { return a.score > b.score; });
    finished_.insert(place, std::move(output));
  }

  OutputScorer& scorer_;
  const OutputSpace& space_;
  const BeamOptions& options_;
  const Acceptor& accept_;
  const DraftObserver& on_draft_;
  std::vector<Unfinished> beam_;
  std::vector<Finished> finished_;  ///< Best first.
  std::vector<DecoderStep> steps_;
  std::vector<Expansion> expansions_;
};

}  // namespace

Result<std::vector<Finished>> beam_search(OutputScorer& scorer, const OutputSpace& space,
                                          const BeamOptions& options, const Interrupt& interrupt,
                                          const Acceptor& accept, const DraftObserver& on_draft) {
  return Search(scorer, space, options, accept, on_draft).run(interrupt);
}

}  // namespace idi::parser
