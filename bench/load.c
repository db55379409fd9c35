// load: opens many subscribers on loopback, sends commands, and times who hears of each when.
//
// A command is "in flight" until it was answered and every subscriber has its event. Commands
// are POSTs on keep-alive connections (each event is found by its journal position, `seq`), or,
// for the floor and the peers, text frames on one control socket (events then come in the order
// of the triggers). Prints one JSON object; times are microseconds.
#define _GNU_SOURCE
#include <getopt.h>
#include <sys/epoll.h>

#include "process.h"
#include "sockets.h"

enum { MAX_EVENTS = 2000000, MAX_CALLERS = 1024, BUFFER = 1 << 20, STALLED_SECONDS = 20 };

typedef struct {
    int fd;
    uint32_t events;   // event frames so far
    uint32_t kept_len; // bytes of an unfinished frame
    uint8_t *kept;
} Subscriber;

typedef struct {
    int fd;
    int next_line;
    uint64_t sent_at;
    size_t have;
    char answer[65536];
} Caller;

typedef struct {
    char *path, *body;
} Command;

// What is known of one event, by its index: journal position less the first, or arrival order.
static uint64_t sent_at[MAX_EVENTS], first_at[MAX_EVENTS], last_at[MAX_EVENTS], answered_at[MAX_EVENTS];
static uint32_t heard_by[MAX_EVENTS];
static int16_t owner[MAX_EVENTS]; // the caller to set free, plus 1

static int subscribers_n = 1000, callers_n = 1, port, pid;
static double seconds = 2, pause_ms = 0;
static int answers_only, idle_only, drain_only, socketio;
static uint64_t at_most = UINT64_MAX;
static const char *path = "/ws", *control_path, *token = "", *subscribe, *subscribe_lines;
static const char *commands_file, *record_file;

static Subscriber *subscribers;
static Caller callers[MAX_CALLERS];
static Command *commands[MAX_CALLERS];
static int commands_n[MAX_CALLERS];
static int idle_callers[MAX_CALLERS], idle_n, control = -1;
static uint64_t base_seq, sent, finished, deliveries, skipped, last_finish, measured_from;
static FILE *record;
static uint8_t big[BUFFER];

// Opens a WebSocket and reads frames until one contains `until` (NULL: does not wait for any).
static void open_socket(Subscriber *s, const char *at, const char *first, const char *until) {
    char request[2048];
    size_t have = 0, used;
    char *end = NULL;
    s->fd = dial(port);
    int n = snprintf(request, sizeof request,
                     "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s%s\r\n",
                     at, port, *token ? "Authorization: Bearer " : "", token, *token ? "\r\n" : "");
    send_all(s->fd, request, n);
    while (!end) {
        ssize_t got = recv(s->fd, big + have, BUFFER - 1 - have, 0);
        if (got <= 0) fail(EXIT_CLOSED, "handshake", got ? strerror(errno) : "closed");
        have += got, big[have] = 0;
        end = strstr((char *)big, "\r\n\r\n");
    }
    if (!starts(big, have, "HTTP/1.1 101")) fail(EXIT_CLOSED, "handshake", (char *)big);
    used = (uint8_t *)end + 4 - big;
    if (first && !socketio) send_frame(s->fd, 1, first, strlen(first));
    while (until) {
        uint8_t *payload;
        size_t length, frame;
        while (until && (frame = frame_at(big + used, have - used, &payload, &length))) {
            used += frame;
            // Engine.IO opens by itself; Socket.IO's connect is ours to ask for.
            if (socketio && starts(payload, length, "0")) send_frame(s->fd, 1, "40", 2);
            if (memmem(payload, length, "\"op\":\"error\"", 12)) {
                payload[length] = 0;
                fail(EXIT_CLOSED, "refused", (char *)payload);
            }
            if (!memmem(payload, length < 64 ? length : 64, until, strlen(until))) continue;
            until = NULL;
            int64_t seq = number_after(payload, length < 256 ? length : 256, "\"seq\":");
            if (seq >= 0) base_seq = seq + 1;
        }
        if (!until) break;
        memmove(big, big + used, have - used), have -= used, used = 0;
        ssize_t got = recv(s->fd, big + have, BUFFER - 1 - have, 0);
        if (got <= 0) fail(EXIT_CLOSED, "subscribe", got ? strerror(errno) : "closed");
        have += got;
    }
    s->kept_len = have - used;
    if (s->kept_len) s->kept = malloc(s->kept_len), memcpy(s->kept, big + used, s->kept_len);
}

// ---- events

static void finish(uint64_t index, uint64_t now) {
    finished++, last_finish = now;
    idle_callers[idle_n++] = owner[index] - 1;
}

static void heard(Subscriber *s, uint64_t index, uint64_t now) {
    if (index >= MAX_EVENTS) fail(EXIT_USAGE, "too many events", "shorten --seconds");
    if (index + 1 > s->events) s->events = index + 1;
    if (!heard_by[index]++) first_at[index] = now;
    last_at[index] = now;
    deliveries++;
    if (heard_by[index] == (uint32_t)subscribers_n && owner[index] && !answers_only)
        finish(index, now);
}

// A snapshot stands in the place of all events up to its position: they count as skipped.
static void skip_to(Subscriber *s, uint64_t index, uint64_t now) {
    for (uint64_t i = s->events; i < index; i++) {
        skipped++, deliveries--;
        heard(s, i, now);
    }
}

static void take_text(Subscriber *s, uint8_t *frame, size_t whole, uint8_t *p, size_t n, uint64_t now) {
    if (drain_only) {
        deliveries++;
        return;
    }
    if (control >= 0) {
        if (socketio && starts(p, n, "2") && n == 1) send_frame(s->fd, 1, "3", 1);
        if (!socketio || starts(p, n, "42")) heard(s, s->events, now);
        return;
    }
    int64_t seq = number_after(p, n < 192 ? n : 192, "\"seq\":");
    if (starts(p, n, "{\"op\":\"snapshot\"")) {
        skip_to(s, seq + 1 - base_seq, now);
    } else if (starts(p, n, "{\"op\":\"event\"")) {
        uint64_t index = seq - base_seq;
        if (index < s->events) fail(EXIT_CLOSED, "events out of order", (char *)p);
        heard(s, index, now);
        if (record && s == subscribers) {
            uint32_t length = whole;
            fwrite(&length, sizeof length, 1, record), fwrite(frame, 1, whole, record);
        }
    }
}

static void read_subscriber(Subscriber *s) {
    size_t have = s->kept_len, used = 0, whole, n;
    uint8_t *payload;
    if (have) memcpy(big, s->kept, have);
    ssize_t got = recv(s->fd, big + have, BUFFER - have, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) fail(EXIT_CLOSED, "subscriber", got ? strerror(errno) : "closed by the server");
    uint64_t now = now_ns();
    have += got;
    while ((whole = frame_at(big + used, have - used, &payload, &n))) {
        switch (big[used] & 15) {
            case 1: take_text(s, big + used, whole, payload, n, now); break;
            case 8: fail(EXIT_CLOSED, "subscriber", "close frame from the server"); break;
            case 9: send_frame(s->fd, 10, (char *)payload, n); break;
        }
        used += whole;
    }
    free(s->kept), s->kept = NULL;
    s->kept_len = have - used;
    if (s->kept_len) s->kept = malloc(s->kept_len), memcpy(s->kept, big + used, s->kept_len);
}

// ---- commands

static void read_commands(void) {
    FILE *f = fopen(commands_file, "r");
    char line[4096];
    if (!f) fail(EXIT_USAGE, commands_file, strerror(errno));
    for (int i = 0; i < callers_n; i++) commands[i] = calloc(64, sizeof(Command));
    while (fgets(line, sizeof line, f)) { // CALLER <tab> PATH <tab> BODY
        int caller = atoi(strtok(line, "\t"));
        char *at = strtok(NULL, "\t"), *body = strtok(NULL, "\n");
        if (caller >= callers_n || commands_n[caller] == 64) continue;
        commands[caller][commands_n[caller]++] = (Command){strdup(at), strdup(body ? body : "")};
    }
    fclose(f);
}

static void send_command(int c) {
    char request[8192];
    if (control >= 0) {
        owner[sent] = c + 1, sent_at[sent] = now_ns();
        socketio ? send_frame(control, 1, "42[\"publish\"]", 13) : send_frame(control, 1, "P", 1);
    } else {
        Caller *caller = &callers[c];
        Command *command = &commands[c][caller->next_line++ % commands_n[c]];
        int n = snprintf(request, sizeof request,
                         "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
                         "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                         command->path, port, token, strlen(command->body), command->body);
        caller->sent_at = now_ns();
        send_all(caller->fd, request, n);
    }
    sent++;
}

static void answered(Caller *c, const char *body, size_t n, uint64_t now) {
    int64_t seq = number_after((uint8_t *)body, n, "\"seq\":");
    uint64_t index = seq - base_seq;
    if (strncmp(c->answer, "HTTP/1.1 20", 11) || seq < 0 || index >= MAX_EVENTS)
        fail(EXIT_CLOSED, "refused or not understood", c->answer);
    sent_at[index] = c->sent_at, answered_at[index] = now;
    owner[index] = c - callers + 1;
    if (answers_only || heard_by[index] == (uint32_t)subscribers_n) finish(index, now);
}

static void read_answer(Caller *c) {
    ssize_t got = recv(c->fd, c->answer + c->have, sizeof c->answer - 1 - c->have, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) fail(EXIT_CLOSED, "caller", got ? strerror(errno) : "closed by the server");
    uint64_t now = now_ns();
    c->have += got, c->answer[c->have] = 0;
    char *body = strstr(c->answer, "\r\n\r\n"), *length = strcasestr(c->answer, "\r\ncontent-length:");
    if (!body || !length) return;
    size_t want = strtoul(length + 17, NULL, 10);
    body += 4;
    if (c->have - (body - c->answer) < want) return;
    c->have = 0;
    answered(c, body, want, now);
}

static void read_control(void) {
    uint8_t frame[4096];
    ssize_t got = recv(control, frame, sizeof frame, MSG_DONTWAIT);
    if (got == 0) fail(EXIT_CLOSED, "control", "closed by the server");
    if (socketio && got == 3 && frame[2] == '2') send_frame(control, 1, "3", 1);
    if (got > 1 && (frame[0] & 15) == 9) send_frame(control, 10, (char *)frame + 2, frame[1] & 127);
}

// ---- the run

static void pump(int ep, int timeout_ms) {
    struct epoll_event ready[1024];
    int n = epoll_wait(ep, ready, 1024, timeout_ms);
    for (int i = 0; i < n; i++) {
        void *p = ready[i].data.ptr;
        if (!p)
            read_control();
        else if ((Caller *)p >= callers && (Caller *)p < callers + MAX_CALLERS)
            read_answer(p);
        else
            read_subscriber(p);
    }
}

// Sends from every idle caller until `until`, then waits for what is in flight.
static void drive(int ep, uint64_t until, uint64_t at_most) {
    uint64_t seen = finished, progress = now_ns(), next = 0;
    for (;;) {
        uint64_t now = now_ns();
        int stop = now >= until || sent >= at_most;
        if (stop && finished == sent) return;
        while (!stop && idle_n && now >= next) send_command(idle_callers[--idle_n]), stop = sent >= at_most;
        pump(ep, pause_ms > 0 && finished == sent ? 1 : 200);
        now = now_ns();
        if (finished != seen) {
            seen = finished, progress = now;
            if (pause_ms > 0) next = now + pause_ms * 1e6;
        } else if (now - progress > STALLED_SECONDS * 1000000000ull && finished != sent) {
            fail(EXIT_STALLED, "stalled", "a command had no answer or an event did not reach everyone");
        }
    }
}

// Reads what comes, and nothing more, until standard input ends: the others in a hall.
static void drain(int ep) {
    struct epoll_event want = {.events = EPOLLIN | EPOLLHUP}, ready[1024];
    char end;
    want.data.ptr = NULL;
    epoll_ctl(ep, EPOLL_CTL_ADD, 0, &want);
    puts("ready"), fflush(stdout);
    for (;;) {
        int n = epoll_wait(ep, ready, 1024, -1);
        for (int i = 0; i < n; i++) {
            if (ready[i].data.ptr) {
                read_subscriber(ready[i].data.ptr);
            } else if (read(0, &end, 1) <= 0) {
                printf("{\"subscribers\":%d,\"deliveries\":%lu,\"client_seconds\":%.2f}\n",
                       subscribers_n, deliveries, own_cpu());
                exit(0);
            }
        }
    }
}

static int by_size(const void *a, const void *b) {
    double x = *(double *)a, y = *(double *)b;
    return (x > y) - (x < y);
}

static void print_times(const char *name, const uint64_t *at) {
    double *us = malloc(sizeof(double) * MAX_EVENTS);
    size_t n = 0;
    for (size_t i = 0; i < MAX_EVENTS; i++)
        if (at[i] && sent_at[i] >= measured_from) us[n++] = (at[i] - sent_at[i]) / 1e3;
    qsort(us, n, sizeof *us, by_size);
    printf(",\"%s_p50\":%.0f,\"%s_p99\":%.0f", name, n ? us[(size_t)((n - 1) * .5)] : 0, name,
           n ? us[(size_t)((n - 1) * .99)] : 0);
    free(us);
}

static void open_subscribers(void) {
    FILE *lines = subscribe_lines ? fopen(subscribe_lines, "r") : NULL;
    char line[1024];
    const char *until = socketio ? "40" : subscribe || lines ? "\"op\":\"snapshot\"" : NULL;
    if (subscribe_lines && !lines) fail(EXIT_USAGE, subscribe_lines, strerror(errno));
    subscribers = calloc(subscribers_n, sizeof *subscribers);
    // The first hundred warm the server up: what they cost is not what one more costs.
    long before = 0, opened = 0;
    for (int i = 0; i < subscribers_n; i++) {
        if (i == 100) before = resident_kib(pid), opened = i;
        if (lines && fgets(line, sizeof line, lines)) line[strcspn(line, "\n")] = 0;
        open_socket(&subscribers[i], path, lines ? line : subscribe, until);
    }
    if (idle_only) {
        sleep(1);
        printf("{\"subscribers\":%d,\"kib_each\":%.2f}\n", subscribers_n,
               (double)(resident_kib(pid) - before) / (subscribers_n - opened));
        exit(0);
    }
}

static void options(int argc, char **argv) {
    static const struct option names[] = {
        {"subscribers", 1, 0, 'n'}, {"in-flight", 1, 0, 'w'},       {"port", 1, 0, 'p'},
        {"pid", 1, 0, 'P'},         {"seconds", 1, 0, 's'},         {"pause-ms", 1, 0, 'u'},
        {"path", 1, 0, 'a'},        {"control-path", 1, 0, 'c'},    {"token", 1, 0, 't'},
        {"subscribe", 1, 0, 'S'},   {"subscribe-lines", 1, 0, 'L'}, {"commands", 1, 0, 'C'},
        {"record", 1, 0, 'r'},      {"answers-only", 0, 0, 'A'},    {"idle", 0, 0, 'I'},
        {"socketio", 0, 0, 'i'},    {"at-most", 1, 0, 'm'},         {"drain", 0, 0, 'D'},
        {0, 0, 0, 0}};
    for (int o; (o = getopt_long(argc, argv, "", names, NULL)) != -1;) switch (o) {
            case 'n': subscribers_n = atoi(optarg); break;
            case 'w': callers_n = atoi(optarg); break;
            case 'p': port = atoi(optarg); break;
            case 'P': pid = atoi(optarg); break;
            case 's': seconds = atof(optarg); break;
            case 'u': pause_ms = atof(optarg); break;
            case 'a': path = optarg; break;
            case 'c': control_path = optarg; break;
            case 't': token = optarg; break;
            case 'S': subscribe = optarg; break;
            case 'L': subscribe_lines = optarg; break;
            case 'C': commands_file = optarg; break;
            case 'r': record_file = optarg; break;
            case 'm': at_most = strtoull(optarg, NULL, 10); break;
            case 'A': answers_only = 1; break;
            case 'I': idle_only = 1; break;
            case 'D': drain_only = 1; break;
            case 'i': socketio = 1; break;
            default: exit(EXIT_USAGE);
        }
    if (!port || callers_n < 1 || callers_n > MAX_CALLERS || subscribers_n < 1)
        fail(EXIT_USAGE, "usage", "--port, and at least one subscriber and one in flight");
}

int main(int argc, char **argv) {
    options(argc, argv);
    open_subscribers();
    int ep = epoll_create1(0);
    struct epoll_event want = {.events = EPOLLIN};
    for (int i = 0; i < subscribers_n; i++) {
        want.data.ptr = &subscribers[i];
        epoll_ctl(ep, EPOLL_CTL_ADD, subscribers[i].fd, &want);
    }
    if (drain_only) drain(ep);
    if (control_path) {
        Subscriber s = {0};
        open_socket(&s, control_path, NULL, socketio ? "40" : NULL);
        control = s.fd, want.data.ptr = NULL;
        epoll_ctl(ep, EPOLL_CTL_ADD, control, &want);
    } else {
        read_commands();
    }
    for (int i = callers_n - 1; i >= 0; i--) {
        idle_callers[idle_n++] = i;
        if (control_path) continue;
        if (!commands_n[i]) fail(EXIT_USAGE, commands_file, "no command for a caller");
        callers[i].fd = dial(port), want.data.ptr = &callers[i];
        epoll_ctl(ep, EPOLL_CTL_ADD, callers[i].fd, &want);
    }
    drive(ep, UINT64_MAX, 8); // warm-up
    if (record_file && !(record = fopen(record_file, "wb"))) fail(EXIT_USAGE, record_file, strerror(errno));
    uint64_t warm = finished;
    deliveries = skipped = 0;
    double server = cpu_seconds(pid), own = own_cpu();
    measured_from = last_finish = now_ns();
    drive(ep, measured_from + seconds * 1e9, at_most);
    double wall = (last_finish - measured_from) / 1e9, whole = (now_ns() - measured_from) / 1e9;
    server = cpu_seconds(pid) - server, own = own_cpu() - own;
    if (record) fclose(record);
    printf("{\"subscribers\":%d,\"in_flight\":%d,\"commands\":%lu,\"seconds\":%.3f,"
           "\"commands_per_second\":%.1f,\"deliveries_per_second\":%.0f,\"skipped\":%lu,"
           "\"server_cpu\":%.2f,\"client_cpu\":%.2f,\"server_us_per_delivery\":%.2f",
           subscribers_n, callers_n, finished - warm, wall, (finished - warm) / wall,
           deliveries / wall, skipped, server / whole, own / whole,
           deliveries ? server * 1e6 / deliveries : 0);
    print_times("first_us", first_at), print_times("last_us", last_at), print_times("answer_us", answered_at);
    puts("}");
}
