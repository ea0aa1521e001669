#include "scratch_folder.hpp"

#include <stdlib.h>

#include <cerrno>
#include <system_error>

namespace idi::table_file {

namespace fs = std::filesystem;

Result<ScratchFolder> ScratchFolder::make() {
  std::error_code failed;
  const fs::path parent = fs::temp_directory_path(failed);
  std::string path = (parent / "idi-XXXXXX").string();
  if (!failed && ::mkdtemp(path.data()) == nullptr) failed = {errno, std::generic_category()};
  if (failed) {
    return make_error(ErrorCode::io_failed, "There is no place for a temporary file",
                      "Make room there, or set TMPDIR to a folder that can be written.",
                      failed.message());
  }
  return ScratchFolder(path);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;  // What stays is in the folder for temporary files.
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace idi::table_file
