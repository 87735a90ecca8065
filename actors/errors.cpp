#include "actors/errors.hpp"

#include <caf/all.hpp>

namespace polar_flow::actors {
namespace {

constexpr auto category = caf::atom("polarflow");

} // namespace

caf::error to_caf(const error& problem) {
  return caf::error{static_cast<std::uint8_t>(problem.code), category,
                    caf::make_message(problem.message)};
}

bool is_ours(const caf::error& problem) {
  return problem.category() == category;
}

error from_caf(const caf::error& problem) {
  if (is_ours(problem)) {
    const auto& context = problem.context();
    auto message =
        context.match_elements<std::string>() ? context.get_as<std::string>(0) : std::string{};
    // A node with a newer release may send a code that this one does not know.
    const bool is_known = problem.code() <= static_cast<std::uint8_t>(errc::internal);
    return error{is_known ? static_cast<errc>(problem.code()) : errc::internal, std::move(message)};
  }
  if (problem == caf::sec::request_timeout)
    return error{errc::deadline_exceeded, "no answer in time"};
  if (problem == caf::sec::request_receiver_down)
    return error{errc::overloaded, "the actor asked has just ended; try again"};
  if (problem == caf::sec::invalid_argument)
    return error{errc::shutting_down, "the actor asked is not there"};
  return error{errc::internal, "an actor failed"};
}

} // namespace polar_flow::actors
