#include <fmt/format.h>

#include <string>
#include <string_view>

#include "html_style.hpp"
#include "html_text.hpp"
#include "idi/eval/report.hpp"
#include "trust_report.hpp"

namespace idi::eval {
namespace {

/// Only ever appended to: what is not from our own source passes through html_text first.
class Page {
 public:
  Page(const Evaluation& evaluation, const EvalOptions& options)
      : evaluation_(evaluation), summary_(evaluation.summary), options_(options) {}

  std::string write() {
    head();
    html_ += "<main>\n";
    score();
    html_ += "<div class=cards>\n";
    hardness_card();
    error_card();
    latency_card();
    trust_card();
    html_ += "</div>\n";
    database_card();
    filters();
    html_ += "<div class=list>\n";
    for (const ScoredQuestion& question : evaluation_.questions) item(question);
    html_ += "</div>\n</main>\n</html>\n";
    return std::move(html_);
  }

 private:
  template <typename... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    html_ += fmt::format(format, std::forward<Args>(args)...);
  }

  void head() {
    html_ +=
        "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n"
        "<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=Content-Security-Policy "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
    put("<title>Execution accuracy {} %</title>\n<style>{}", percent_text(summary_.all),
        report_style);
    filter_style();
    html_ += "</style>\n";
  }

  /// A picked filter hides what it does not want; the filters of both rows add up.
  void filter_style() {
    const auto hide = [this](std::string_view name) {
      put("#pick-{0}:checked ~ .list .item:not(.{0}) {{ display:none; }}\n", name);
    };
    for (const Verdict verdict : {Verdict::right, Verdict::wrong, Verdict::unusable}) {
      hide(verdict_name(verdict));
    }
    for (const ErrorKind kind : all_error_kinds) hide(kind_class(kind));
    for (const Hardness level : all_hardness) hide(hardness_name(level));
  }

  static std::string kind_class(ErrorKind kind) {
    return fmt::format("kind-{}", error_kind_name(kind));
  }

  void score() {
    put("<h1>Execution accuracy</h1>\n<div class=score><b>{}<small>%</small></b>"
        "<span>{} of {} questions right</span></div>\n",
        percent_text(summary_.all), summary_.all.right, summary_.all.count);
    put("<p class=meta>{}", html_text(options_.questions.filename().string()));
    if (options_.predictions) {
      put(" · {}", html_text(options_.predictions->filename().string()));
    }
    put(" · {}", html_text(rules_text(options_)));
    if (summary_.candidates) {
      put(" · right among the candidates: {} %", percent_text(*summary_.candidates));
    }
    if (summary_.unusable > 0) {
      put(" · {} gold queries did not run and count as not right", summary_.unusable);
    }
    html_ += "</p>\n";
  }

  void tally_row(std::string_view name, const Tally& tally) {
    put("<tr><td class=name>{}<td>{} %<td>{} / {}<td class=bar>"
        "<span style=\"width:{:.1f}%\"></span></tr>\n",
        html_text(name), percent_text(tally), tally.right, tally.count, tally.accuracy());
  }

  void hardness_card() {
    html_ += "<section class=card><h2>By hardness</h2>\n<table class=figures>\n";
    for (const Hardness level : all_hardness) {
      const Tally& tally = summary_.by_hardness[static_cast<std::size_t>(level)];
      if (tally.count > 0) tally_row(hardness_name(level), tally);
    }
    tally_row("all", summary_.all);
    html_ += "</table></section>\n";
  }

  void error_card() {
    html_ += "<section class=card><h2>What was wrong</h2>\n";
    if (summary_.errors.empty()) {
      html_ += "<p class=note>Nothing.</p></section>\n";
      return;
    }
    std::size_t most = 1;
    for (const auto& [kind, count] : summary_.errors) most = std::max(most, count);
    html_ += "<table class=figures>\n";
    for (const auto& [kind, count] : summary_.errors) {
      put("<tr title=\"{}\"><td class=name>{}<td>{}<td class=\"bar bad\">"
          "<span style=\"width:{:.1f}%\"></span></tr>\n",
          html_text(error_kind_meaning(kind)), error_kind_name(kind), count,
          100.0 * static_cast<double>(count) / static_cast<double>(most));
    }
    html_ +=
        "</table>\n<p class=note>Each wrong answer once, by the first kind found when the two "
        "queries are compared.</p></section>\n";
  }

  void latency_card() {
    html_ +=
        "<section class=card><h2>Time per question</h2>\n<table class=figures>\n"
        "<tr><th>milliseconds<th>p50<th>p95</tr>\n";
    for (const auto& [phase, times] : summary_.latency) {
      put("<tr><td class=name>{}<td>{:.2f}<td>{:.2f}</tr>\n", html_text(phase), times.p50_ms,
          times.p95_ms);
    }
    html_ +=
        "</table>\n<p class=note>predicted_sql: running the predicted query against the "
        "database.</p></section>\n";
  }

  void trust_card() {
    const Trust& trust = summary_.trust;
    html_ += "<section class=card><h2>How far to believe it</h2>\n<table class=figures>\n";
    tally_row("answered", trust.answered);
    put("<tr><td class=name>asked back<td>{}</tr>\n<tr><td class=name>refused<td>{}</tr>\n",
        trust.asked_back, trust.refused);
    if (trust.reliability) {
      for (const auto& [name, figure] : trust_figures(trust))
        put("<tr><td class=name>{}<td>{}</tr>\n", name, figure);
    }
    html_ += "</table>\n";
    if (trust.reliability) {
      html_ += reliability_drawing(*trust.reliability);
      html_ +=
          "<p class=note>Bars: of the answers with this confidence, how many are right. On the "
          "line the confidence means what it says.</p>";
    }
    html_ += "</section>\n";
  }

  void database_card() {
    put("<details class=\"card wide\"><summary>By database ({})</summary>\n"
        "<table class=figures>\n",
        summary_.by_database.size());
    for (const auto& [name, tally] : summary_.by_database) tally_row(name, tally);
    html_ += "</table></details>\n";
  }

  void pick(std::string_view group, std::string_view id, std::string_view text, std::size_t count,
            bool checked) {
    put("<input class=pick type=radio name={0} id=pick-{1}{2}>"
        "<label class=pick for=pick-{1}>{3}<i>{4}</i></label>\n",
        group, id, checked ? " checked" : "", text, count);
  }

  void filters() {
    html_ += "<h2 class=list-head>Questions</h2>\n";
    pick("verdict", "all", "all", summary_.all.count, true);
    pick("verdict", "right", "right", summary_.all.right, false);
    pick("verdict", "wrong", "wrong", summary_.all.count - summary_.all.right - summary_.unusable,
         false);
    if (summary_.unusable > 0) {
      pick("verdict", "unusable", "gold does not run", summary_.unusable, false);
    }
    for (const auto& [kind, count] : summary_.errors) {
      pick("verdict", kind_class(kind), error_kind_name(kind), count, false);
    }
    html_ += "<span class=row-end></span>\n";
    pick("hardness", "any", "any hardness", summary_.all.count, true);
    for (const Hardness level : all_hardness) {
      const std::size_t count = summary_.by_hardness[static_cast<std::size_t>(level)].count;
      if (count > 0) pick("hardness", hardness_name(level), hardness_name(level), count, false);
    }
  }

  void item(const ScoredQuestion& question) {
    const Outcome& outcome = question.outcome;
    const std::string kind =
        outcome.diagnosis.empty() ? "" : " " + kind_class(outcome.diagnosis.front());
    put("<details class=\"item {} {}{}\"><summary><span class=mark>{}</span>"
        "<span class=ask>{}</span><span class=tags>",
        verdict_name(outcome.verdict), hardness_name(question.hardness), kind,
        outcome.verdict == Verdict::right   ? "✓"
        : outcome.verdict == Verdict::wrong ? "✗"
                                            : "?",
        html_text(question.question));
    if (!outcome.diagnosis.empty()) {
      put("<span class=\"tag kind\">{}</span>", error_kind_name(outcome.diagnosis.front()));
    }
    if (outcome.verdict == Verdict::unusable) {
      html_ += "<span class=\"tag odd\">gold does not run</span>";
    }
    put("<span class=tag>{}</span><span class=tag>{}</span><span class=tag>#{}</span></span>"
        "</summary>\n<div class=body><div class=sides>\n",
        hardness_name(question.hardness), html_text(question.db_id), outcome.index + 1);
    side("gold", question.gold_sql, outcome.gold);
    side("predicted", outcome.prediction.sql, outcome.predicted);
    html_ += "</div>\n";
    footer(outcome);
    html_ += "</div></details>\n";
  }

  void side(std::string_view title, std::string_view sql, const ResultPreview& preview) {
    put("<div class=side><h3>{}</h3>", title);
    if (sql.empty()) {
      html_ += "<p class=failed>no SQL</p>";
    } else {
      put("<pre>{}</pre>", html_text(sql));
    }
    if (!preview.error.empty()) {
      put("<p class=failed>{}</p></div>\n", html_text(preview.error));
      return;
    }
    if (!sql.empty()) result(preview);
    html_ += "</div>\n";
  }

  void result(const ResultPreview& preview) {
    if (!preview.columns.empty()) {
      html_ += "<div class=scroll><table class=result><tr>";
      for (const auto& name : preview.columns) put("<th>{}", html_text(name));
      html_ += "</tr>\n";
      for (const auto& row : preview.rows) {
        html_ += "<tr>";
        for (const auto& cell : row) put("<td>{}", html_text(cell));
        html_ += "</tr>\n";
      }
      html_ += "</table></div>";
    }
    const bool cut = static_cast<std::int64_t>(preview.rows.size()) < preview.row_count;
    put("<p class=rows>{}{} row{}{}</p>", preview.complete ? "" : "at least ", preview.row_count,
        preview.row_count == 1 ? "" : "s",
        cut ? fmt::format(", the first {} shown", preview.rows.size()) : "");
  }

  void footer(const Outcome& outcome) {
    if (!outcome.diagnosis.empty()) {
      html_ += "<p class=found>Differs in: ";
      std::string_view separator;
      for (const ErrorKind kind : outcome.diagnosis) {
        put("{}{} ({})", separator, error_kind_name(kind), html_text(error_kind_meaning(kind)));
        separator = " · ";
      }
      html_ += "</p>";
    }
    if (outcome.candidate_right && outcome.verdict == Verdict::wrong) {
      put("<p class=found>{}</p>", *outcome.candidate_right
                                       ? "The right answer is among the candidates."
                                       : "No candidate is right.");
    }
    if (outcome.total_ms) {
      put("<p class=found>{:.1f} ms", *outcome.total_ms);
      for (const auto& phase : outcome.prediction.phases) {
        put(" · {} {:.1f}", html_text(phase.phase), phase.milliseconds);
      }
      html_ += "</p>";
    }
  }

  const Evaluation& evaluation_;
  const Summary& summary_;
  const EvalOptions& options_;
  std::string html_;
};

}  // namespace

std::string report_html(const Evaluation& evaluation, const EvalOptions& options) {
  return Page(evaluation, options).write();
}

}  // namespace idi::eval
