// Synthetic training pairs: questions and SQL composed over any schema.
//
// Three sources. (1) Templates learnt from real pairs: the words of a question that name columns,
// tables and values become slots, and the pair is carried to other schemas by type, key role and
// foreign-key shape (in the manner of GAP, arXiv 2012.10309, and of SyntaxSQLNet's augmentation,
// arXiv 1810.05237). (2) Patterns of our own for what the real pairs lack: parts of dates,
// arithmetic over measures, and many wordings of "each", "both", "none". (3) Questions
// composed of parts, by family: shares, growth, the top of each group, times as people say them.
//
// Deterministic for a seed. No I/O: schemas with sample values come in, examples go out.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/wordnet.hpp"
#include "idi/sql/ir.hpp"
#include "idi/temporal/calendar.hpp"

namespace idi::synth {

struct Pair {
  std::string database;
  std::string question;
  std::string sql;
  std::string family;  ///< Of a composed one: "growth".
};

/// Schemas by database name; columns carry sample values (for values in conditions).
using Schemas = std::map<std::string, Schema>;

struct SynthOptions {
  std::uint64_t seed = 1;
  std::int64_t count = 100'000;
  double pattern_share =
      0.3;  ///< Of the examples, those from our own patterns; the rest: templates.
  int max_per_template_and_database = 3;
  /// Of the words that name a table or a column, those said with a synonym instead.
  double synonym_share = 0.1;
  /// Of the examples, those composed of parts (shares, growth, several conditions); before the
  /// patterns' share is taken.
  double composed_share = 0;
  /// What "last month" is relative to. Linking must use the same.
  temporal::Calendar calendar;
  /// Of the questions, those typed in a hurry: lower case, slips, keywords.
  double rough_share = 0;
  std::shared_ptr<const link::WordNet> wordnet = link::WordNet::none();
};

/// What a learning run kept and why it dropped the rest.
struct LearnReport {
  int pairs = 0;
  int templates = 0;
  std::map<std::string, int> dropped;  ///< By reason.
};

struct Template;

class TemplateBank {
 public:
  /// Pairs whose SQL has no IR, whose schema is unknown or whose words are tied to their domain are
  /// left out (counted in the report).
  static TemplateBank learn(const std::vector<Pair>& pairs, const Schemas& schemas);
  ~TemplateBank();
  TemplateBank(TemplateBank&&) noexcept;
  TemplateBank& operator=(TemplateBank&&) noexcept;

  [[nodiscard]] const LearnReport& report() const { return report_; }
  [[nodiscard]] const std::vector<Template>& templates() const { return templates_; }

 private:
  TemplateBank();
  std::vector<Template> templates_;
  LearnReport report_;
};

/// Calls `emit` for each new pair (duplicates by question and database are dropped) until
/// options.count is reached, `emit` returns false, or nothing new was found in many tries.
/// Returns how many were emitted.
std::int64_t generate(const TemplateBank& bank, const Schemas& schemas, const SynthOptions& options,
                      const std::function<bool(const Pair&)>& emit);

}  // namespace idi::synth
