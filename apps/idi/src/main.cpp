// `idi`: ask databases in plain language. Here only the borders of the program: standard streams,
// Ctrl-C, and the last place where an exception can arrive.
#include <exception>
#include <new>

#include "command_line.hpp"
#include "exit_codes.hpp"
#include "interrupt.hpp"
#include "output.hpp"

int main(int argc, char** argv) {
  using namespace idi;
  cli::secure_standard_streams();
  try {
    cli::Interrupt interrupt;
    return cli::run_command_line(argc, argv, interrupt);
  } catch (const std::bad_alloc&) {
    cli::print_error(make_error(ErrorCode::limit_exceeded, "there is not enough memory"));
  } catch (const std::exception& error) {
    cli::print_error(make_error(ErrorCode::internal, "a fault of the program",
                                "Please report it with the command that you ran.", error.what()));
  }
  return cli::exit_error;
}
