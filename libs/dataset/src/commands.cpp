#include "idi/dataset/commands.hpp"

#include <fmt/format.h>

#include <ostream>

namespace idi::dataset {
namespace {

using Work = Result<ExportReport> (*)(const ExportOptions&, const ProgressFunction&,
                                      std::stop_token);

int run(Work work, const ExportOptions& options, std::ostream& out, std::ostream& errors,
        std::ostream* progress, std::stop_token stop) {
  ProgressFunction show;
  if (progress != nullptr) {
    show = [progress](const ExportProgress& state) {
      *progress << fmt::format("\r{} of {} questions, {} s left    ", state.done, state.total,
                               state.left.count())
                << std::flush;
    };
  }
  const auto report = work(options, show, std::move(stop));
  if (progress != nullptr) *progress << "\r" << std::string(60, ' ') << "\r" << std::flush;
  if (!report) {
    errors << report.error().to_text() << '\n';
    return report.error().code == ErrorCode::cancelled ? 130 : 1;
  }
  out << report->to_text();
  return 0;
}

}  // namespace

int run_export_command(const ExportOptions& options, std::ostream& out, std::ostream& errors,
                       std::ostream* progress, std::stop_token stop) {
  return run(&export_examples, options, out, errors, progress, std::move(stop));
}

int run_coverage_command(const ExportOptions& options, std::ostream& out, std::ostream& errors,
                         std::ostream* progress, std::stop_token stop) {
  return run(&measure_coverage, options, out, errors, progress, std::move(stop));
}

}  // namespace idi::dataset
