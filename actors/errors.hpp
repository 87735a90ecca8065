#pragma once

#include "domain/errc.hpp"

#include <caf/error.hpp>
#include <caf/make_message.hpp>
#include <caf/result.hpp>

namespace polar_flow::actors {

/// Our error as CAF carries it: the code as number, the message as context.
caf::error to_caf(const error& problem);

inline caf::error to_caf(errc code, std::string message = {}) {
  return to_caf(error{code, std::move(message)});
}

/// The way back. Errors that CAF makes itself get the code that fits: no answer in time is
/// deadline_exceeded, an actor that just ended is overloaded ("try again").
error from_caf(const caf::error& problem);

/// Whether the error was an answer of the actor asked, rather than CAF's news that there is none.
bool is_ours(const caf::error& problem);

/// A result as the answer of a message handler.
template <class T>
caf::result<T> to_answer(result<T> outcome) {
  if (outcome)
    return std::move(*outcome);
  return to_caf(outcome.error());
}

} // namespace polar_flow::actors
