#include "http/answers.hpp"
#include "http/handlers.hpp"
#include "http/streamed_body.hpp"
#include "zip/writer.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;
using takeout_page_ptr = std::shared_ptr<const takeout_page>;

/// So much is packed for one part: some milliseconds, in which the thread serves nobody else, and
/// little enough for the slowest client within the time-out of a write.
constexpr std::size_t bytes_of_part = 64 * 1024;

/// What went wrong reaches the log; the client gets a fragment.
[[noreturn]] void break_off(std::string_view reason) {
  std::string message{"a takeout was broken off: "};
  message += reason;
  throw std::runtime_error{message};
}

void require(const result<void>& done) {
  if (!done)
    break_off(done.error().message);
}

/// A takeout as a zip. At any time it holds one page and what the writer has not given out yet; the
/// next page is asked for when the previous one is sent.
class takeout_stream final : public streamed_body {
public:
  takeout_stream(services& available, const call& asked, takeout_page_ptr first)
      : behind_{available.behind},
        keys_{available.keys},
        who_{asked.who},
        user_{asked.user},
        taken_at_{available.clock.now()},
        page_{std::move(first)} {
    // nop
  }

  awaitable<std::optional<std::string>> next_part() override {
    if (is_finished_)
      co_return std::nullopt;
    // Whoever revokes a key means what is open already, too.
    if (!is_still_valid(who_, keys_))
      break_off("its key is valid no longer");
    if (piece_ < page_->pieces.size())
      pack(page_->pieces[piece_]);
    else if (page_->next)
      page_ = co_await load_page();
    else
      finish();
    co_return zip_.take();
  }

  /// A zip without its directory cannot be opened.
  bool may_end_early() const override {
    return false;
  }

private:
  awaitable<takeout_page_ptr> load_page() {
    auto loaded = co_await behind_.get_takeout_page(user_, page_->next);
    if (!loaded)
      break_off(to_string(loaded.error().code));
    piece_ = 0;
    co_return std::move(*loaded);
  }

  /// The next bytes of a piece; a piece may go on with a file that is begun.
  void pack(const takeout_piece& piece) {
    if (file_ != piece.file) {
      end_file();
      file_ = piece.file;
      require(zip_.begin_file(file_, taken_at_));
    }
    const auto bytes = std::string_view{piece.content}.substr(offset_, bytes_of_part);
    require(zip_.append(bytes));
    offset_ += bytes.size();
    if (offset_ < piece.content.size())
      return;
    ++piece_;
    offset_ = 0;
  }

  void end_file() {
    if (!file_.empty())
      require(zip_.end_file());
  }

  void finish() {
    end_file();
    require(zip_.finish());
    is_finished_ = true;
  }

  backend& behind_;
  const published_keys& keys_;
  caller who_;
  user_id user_;
  instant taken_at_;
  zip::writer zip_;
  takeout_page_ptr page_;
  /// The piece that comes next, and how much of it is packed.
  std::size_t piece_ = 0;
  std::size_t offset_ = 0;
  /// The file that is being written; empty before the first.
  std::string file_;
  bool is_finished_ = false;
};

} // namespace

/// GET /api/v1/users/{user_id}/export/takeout.zip
awaitable<response> export_takeout(services& available, const call& asked) {
  // The first page tells whether there is such a user while a status can still say it.
  auto first = co_await available.behind.get_takeout_page(asked.user, std::nullopt);
  if (!first)
    co_return answer_failure(asked, first.error());
  response answer;
  answer.content_type = zip_content_type;
  const auto today = std::chrono::floor<std::chrono::days>(available.clock.now());
  std::string disposition{"attachment; filename=\"polar-flow-takeout-"};
  disposition += asked.user.value;
  disposition += '-';
  disposition += format_date(today);
  disposition += ".zip\"";
  answer.headers.emplace_back("Content-Disposition", std::move(disposition));
  answer.stream = std::make_shared<takeout_stream>(available, asked, std::move(*first));
  co_return answer;
}

} // namespace polar_flow::http
