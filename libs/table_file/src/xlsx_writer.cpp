#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "scratch_folder.hpp"
#include "writers.hpp"
#include "xlsx_cell.hpp"
#include "xlsx_check.hpp"

namespace idi::table_file {
namespace {

constexpr std::size_t piece_bytes = 64 << 10;
constexpr std::int64_t rows_measured_for_widths = 100;
constexpr int min_width_characters = 8;
constexpr int max_width_characters = 60;

struct WorkbookFree {
  void operator()(lxw_workbook* workbook) const noexcept { lxw_workbook_free(workbook); }
};

Error no_room(std::string detail) {
  return make_error(ErrorCode::io_failed, "The spreadsheet's temporary file cannot be written",
                    "Make room in the folder for temporary files (TMPDIR), or ask for CSV.",
                    std::move(detail));
}

Error too_much(std::string_view what) {
  return make_error(ErrorCode::limit_exceeded, fmt::format("A spreadsheet can have {}", what),
                    "Ask for fewer, or for CSV or JSON, which have no such limit.");
}

// The library writes each finished row to a temporary file of its own and puts the archive
// together at the end; all of it lies in a scratch folder.
class XlsxWriter final : public TableWriter {
 public:
  explicit XlsxWriter(ByteSink sink) : sink_(std::move(sink)) {}

  Status begin(const std::vector<std::string>& columns) override {
    if (columns.size() > max_xlsx_columns) {
      return too_much(fmt::format("{} columns at most", max_xlsx_columns));
    }
    IDI_CHECK(open());
    widths_.assign(columns.size(), min_width_characters);
    lxw_format* header = workbook_add_format(workbook_.get());
    format_set_bold(header);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      IDI_CHECK(write_text(i, xlsx_text(columns[i]), header));
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    return {};
  }

  Status add(const Row& row) override {
    IDI_ASSERT(row.size() == widths_.size());
    if (row_count_ == max_xlsx_rows) {
      return too_much(fmt::format("{} rows below its header at most", max_xlsx_rows));
    }
    ++row_count_;
    for (std::size_t i = 0; i < row.size(); ++i) IDI_CHECK(write(i, xlsx_cell(row[i])));
    return check_sheet_file();
  }

  Status finish() override {
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      // Room for the arrow of a filter and a little air.
      worksheet_set_column(sheet_, column, column, widths_[i] + 2, nullptr);
    }
    IDI_CHECK(check_sheet_file());
    // Frees the workbook in any case.
    const lxw_error error = workbook_close(workbook_.release());
    if (error != LXW_NO_ERROR) return no_room(lxw_strerror(error));
    // The library does not look whether its temporary files took everything.
    if (!is_whole_xlsx(file())) return no_room("The disk may be full");
    return pass_on_file();
  }

 private:
  [[nodiscard]] std::string file() const { return (folder_->path() / "table.xlsx").string(); }

  Status open() {
    IDI_TRY(auto folder, ScratchFolder::make());
    folder_.emplace(std::move(folder));
    std::string folder_path = folder_->path().string();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_path.data();  // Copied.
    workbook_.reset(workbook_new_opt(file().c_str(), &options));
    if (workbook_ == nullptr) return no_room("The library gave no workbook");
    sheet_ = workbook_add_worksheet(workbook_.get(), "Result");
    if (sheet_ == nullptr || sheet_->optimize_tmpfile == nullptr) {
      return no_room("The library gave no worksheet");
    }
    date_ = workbook_add_format(workbook_.get());
    format_set_num_format(date_, "yyyy-mm-dd");
    time_ = workbook_add_format(workbook_.get());
    format_set_num_format(time_, "yyyy-mm-dd hh:mm:ss");
    return {};
  }

  Status write(std::size_t column, const XlsxCell& cell) {
    const auto row = static_cast<lxw_row_t>(row_count_);
    const auto place = static_cast<lxw_col_t>(column);
    lxw_error error = LXW_NO_ERROR;
    if (const auto* number = std::get_if<double>(&cell)) {
      error = worksheet_write_number(sheet_, row, place, *number, nullptr);
      measure(column, [&] { return fmt::format("{}", *number); });
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
      return write_text(column, *text, nullptr);
    } else if (const auto* time = std::get_if<XlsxTime>(&cell)) {
      lxw_datetime moment{time->year, time->month,  time->day,
                          time->hour, time->minute, static_cast<double>(time->second)};
      error = worksheet_write_datetime(sheet_, row, place, &moment, time->has_time ? time_ : date_);
      measure(column, [&] { return std::string(time->has_time ? 19 : 10, '0'); });
    }
    if (error != LXW_NO_ERROR) return no_room(lxw_strerror(error));
    return {};
  }

  Status write_text(std::size_t column, const std::string& text, lxw_format* format) {
    const lxw_error error =
        worksheet_write_string(sheet_, static_cast<lxw_row_t>(row_count_),
                               static_cast<lxw_col_t>(column), text.c_str(), format);
    if (error != LXW_NO_ERROR) return no_room(lxw_strerror(error));
    measure(column, [&] { return text.substr(0, text.find('\n')); });
    return {};
  }

  template <typename AsText>
  void measure(std::size_t column, AsText as_text) {
    if (row_count_ > rows_measured_for_widths) return;
    const int width = text::display_width(as_text());
    widths_[column] = std::clamp(width, widths_[column], max_width_characters);
  }

  /// The library ignores errors of writing.
  Status check_sheet_file() {
    if (std::ferror(sheet_->optimize_tmpfile) != 0) return no_room("The disk may be full");
    if (std::ftell(sheet_->optimize_tmpfile) > max_xlsx_sheet_bytes) {
      return too_much(fmt::format("{} MB of cells at most", max_xlsx_sheet_bytes >> 20));
    }
    return {};
  }

  Status pass_on_file() {
    std::ifstream stream(file(), std::ios::binary);
    while (stream) {
      std::string piece(piece_bytes, '\0');
      stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      piece.resize(static_cast<std::size_t>(stream.gcount()));
      if (!piece.empty() && !sink_(std::move(piece))) {
        return make_error(ErrorCode::cancelled, "The file is not wanted any more");
      }
    }
    if (!stream.eof()) return no_room("The file cannot be read");
    return {};
  }

  ByteSink sink_;
  std::optional<ScratchFolder> folder_;  ///< Outlives the workbook.
  std::unique_ptr<lxw_workbook, WorkbookFree> workbook_;
  lxw_worksheet* sheet_ = nullptr;  ///< The workbook's, as are the formats.
  lxw_format* date_ = nullptr;
  lxw_format* time_ = nullptr;
  std::vector<int> widths_;     ///< In characters.
  std::int64_t row_count_ = 0;  ///< Without the header, so the number of the row too.
};

}  // namespace

std::unique_ptr<TableWriter> make_xlsx_writer(ByteSink sink) {
  return std::make_unique<XlsxWriter>(std::move(sink));
}

}  // namespace idi::table_file
